import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A runtime setting, of one tenant or (tenant null) of the installation. Table `tenancy.settings`. */
@Entity({ schema: 'tenancy', name: 'settings' })
export class SettingEntity {
  @PrimaryColumn({ name: 'setting_id', type: 'uuid' }) settingId: string;
  @Column({ name: 'tenant_id', type: 'uuid', nullable: true }) tenantId: string | null;
  @Column({ type: 'text' }) name: string;
  @Column({ type: 'jsonb' }) value: unknown;
  @Column({ name: 'updated_at', type: 'timestamptz' }) updatedAt: Date;
}
