import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { closeSuspects } from '#libs/operations';
import { inTransaction } from '#libs/persistence';
import { takeNewSuspects } from '#libs/settlement';
import { DataSource } from 'typeorm';

/** Tells gateways which nodes signed wrongly: closes them for as long as they are under suspicion. */
@Injectable()
export class SuspectAnnouncer {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Tells what is new; nothing nearly always. Rejects when PostgreSQL does not answer; the next call tells it then. */
  announce(): Promise<void> {
    return inTransaction(this.dataSource, async (manager) => closeSuspects(manager, await takeNewSuspects(manager)));
  }
}
