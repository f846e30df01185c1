/** What one stage of a relay costs alone. */
export interface Stage {
  readonly name: string;
  /** Median of the rounds. */
  readonly us: number;
  readonly lowUs: number;
  readonly highUs: number;
  readonly note: string;
}

/** The stages as a Markdown table. */
export function stagesTable(stages: readonly Stage[]): string {
  const lines = ['| stage alone | µs | 10th–90th percentile | |', '|---|--:|---|---|'];
  for (const { name, us, lowUs, highUs, note } of stages)
    lines.push(`| ${name} | ${us.toFixed(2)} | ${lowUs.toFixed(2)}–${highUs.toFixed(2)} | ${note} |`);
  return lines.join('\n');
}
