namespace InitDsl;

/// <summary>Keeps the weight files open that laws take their values from, while these are written or verified.</summary>
internal sealed class FileLeases : IDisposable
{
    private readonly List<IDisposable> leases = [];

    /// <exception cref="InitException">A file is gone, or not what it was when the plan was compiled: all are named.</exception>
    internal FileLeases(IEnumerable<PlanStep> steps)
    {
        var findings = new List<Diagnostic>();
        foreach (IGrouping<WeightFile, (WeightFile File, Rule Rule)> file in steps.SelectMany(step => step.Files, (step, file) => (File: file, step.Rule)).GroupBy(found => found.File))
        {
            try
            {
                leases.Add(file.Key.Lease());
            }
            catch (WeightFileException problem)
            {
                findings.Add(Findings.WeightFile(problem, file.First().Rule.Shown));
            }
        }

        if (findings.Count > 0)
        {
            Dispose();
            throw new InitException(findings);
        }
    }

    public void Dispose() => leases.ForEach(lease => lease.Dispose());
}
