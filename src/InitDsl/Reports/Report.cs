using System.Globalization;
using System.Text;

namespace InitDsl;

/// <summary>What was written into one parameter.</summary>
/// <param name="Path">The parameter's dotted path.</param>
/// <param name="Rule">The rule that won.</param>
/// <param name="Law">The law the values follow.</param>
/// <param name="Found">The moments found in the values after writing.</param>
/// <param name="Elapsed">How long writing took. Where the values came from a stream, what was found is part
/// of it: it is looked at while it is still in the cache.</param>
public sealed record ReportEntry(string Path, Rule Rule, Law Law, Moments Found, TimeSpan Elapsed);

/// <summary>What an apply did.</summary>
public sealed class Report
{
    internal Report(Plan plan, IReadOnlyList<ReportEntry> entries, TimeSpan elapsed)
    {
        Entries = entries;
        Untouched = plan.Untouched;
        Source = plan.Source;
        Diagnostics = plan.Diagnostics;
        Elapsed = elapsed;
    }

    /// <summary>The parameters written, in order.</summary>
    public IReadOnlyList<ReportEntry> Entries { get; }

    /// <summary>The parameters left alone.</summary>
    public IReadOnlyList<Untouched> Untouched { get; }

    /// <summary>Where the random numbers came from; with its seed the same values can be had again.</summary>
    public RandomSource Source { get; }

    /// <summary>The seed.</summary>
    public long Seed => Source.Seed;

    /// <summary>Warnings and information of the plan.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>How long it took in all, reading back included.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>A summary, an aligned table of what each parameter was to be and what was found, and the warnings.</summary>
    public override string ToString()
    {
        var table = new TextTable(
            ("parameter", false), ("×", true), ("law", false), ("mean found", true), ("std asked", true), ("std found", true), ("min found", true), ("max found", true));
        foreach (IGrouping<(string, string, double), ReportEntry> group in Entries.GroupBy(Key))
        {
            FileLaw[] files = [.. group.Select(entry => entry.Law).OfType<FileLaw>()];
            Moments found = Moments.Pooled([.. group.Select(entry => entry.Found)]);
            table.Add(
                PathFold.Join([.. group.Select(entry => entry.Path)]),
                group.Count() == 1 ? "" : Numbers.Count(group.Count()),
                files.Length == 0 ? LawText.Short(group.First().Law) : PathFold.Join([.. files.Select(file => file.ToString())]),
                Numbers.Short(found.Mean),
                Numbers.Known(files.Length == 0 ? group.First().Law.Std : Moments.Pooled([.. files.Select(file => file.Moments)]).Std),
                Numbers.Short(found.Std),
                Numbers.Short(found.Min),
                Numbers.Short(found.Max));
        }

        var text = new StringBuilder(Headline());
        if (Entries.Count > 0)
        {
            text.AppendLine().AppendLine().Append(table);
        }

        foreach (Diagnostic warning in DiagnosticFold.Of(Diagnostics.Where(found => found.Severity >= Severity.Warning || found.Code is Findings.BuiltOrdinarilyCode or Findings.RoundedFromFileCode)))
        {
            text.AppendLine().Append(warning);
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>What entries have in common that are shown as one; laws of many slices are told apart by their deviations.</summary>
    private static (string Path, string Law, double Std) Key(ReportEntry entry) => entry.Law is FileLaw
        ? (PathFold.Skeleton(entry.Path), PathFold.Skeleton(entry.Law.ToString()!), 0)
        : (PathFold.Skeleton(entry.Path), entry.Law.ToString()!, entry.Law.Std);

    private string Headline()
    {
        long values = Entries.Sum(entry => entry.Found.Count);
        int kept = Untouched.Count(left => left.Rule is not null);
        string alone = Untouched.Count == kept ? "" : $", {Numbers.Count(Untouched.Count - kept)} left alone";
        string onPurpose = kept == 0 ? "" : $", {Numbers.Count(kept)} kept";
        string seconds = Elapsed.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
        return $"{Numbers.Count(Entries.Count)} {(Entries.Count == 1 ? "parameter" : "parameters")} "
            + $"({Numbers.Count(values)} values) initialised in {seconds} s{onPurpose}{alone}; {Source}";
    }
}
