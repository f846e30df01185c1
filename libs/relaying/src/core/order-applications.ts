/** What is left to an application, as far as this process knows. */
export interface ApplicationBudget {
  /** Share of the day's limit that is left, 0..1. */
  readonly dayLeft: number;
  /** Share of the session's allowance that is left, 0..1; 1 while no session is known. */
  readonly sessionLeft: number;
}

/**
 * The applications of an endpoint in the order in which a call should try them: the one with most left of both its day
 * and its session first, so that all are used up evenly and the work is spread over more nodes.
 */
export function orderApplications<T>(
  applications: readonly T[],
  budgetOf: (one: T) => ApplicationBudget,
): readonly T[] {
  if (applications.length < 2) return applications;
  return applications
    .map((application) => {
      const { dayLeft, sessionLeft } = budgetOf(application);
      return { application, left: Math.min(dayLeft, sessionLeft) };
    })
    .sort((a, b) => b.left - a.left)
    .map((entry) => entry.application);
}
