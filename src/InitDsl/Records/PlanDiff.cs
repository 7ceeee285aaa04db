using System.Globalization;
using System.Text;

namespace InitDsl;

/// <summary>What one plan does differently from another.</summary>
public sealed class PlanDiff
{
    private const string EachItsOwn = "each its own";

    internal PlanDiff(PlanRecord before, PlanRecord after)
    {
        Before = before;
        After = after;
        Dictionary<string, ParameterRecord> old = before.Parameters.ToDictionary(parameter => parameter.Path, StringComparer.Ordinal);
        Dictionary<string, ParameterRecord> now = after.Parameters.ToDictionary(parameter => parameter.Path, StringComparer.Ordinal);
        IEnumerable<PlanChange> kept = after.Parameters.Select(parameter => new PlanChange(parameter.Path, old.GetValueOrDefault(parameter.Path), parameter));
        IEnumerable<PlanChange> removed = before.Parameters.Where(parameter => !now.ContainsKey(parameter.Path))
            .Select(parameter => new PlanChange(parameter.Path, parameter, null));
        Changes = [.. kept.Concat(removed).Where(change => change.What.Count > 0)];
    }

    /// <summary>The first plan.</summary>
    public PlanRecord Before { get; }

    /// <summary>The second plan.</summary>
    public PlanRecord After { get; }

    /// <summary>The parameters that differ: those of the second plan in its order, then those that only the first has.</summary>
    public IReadOnlyList<PlanChange> Changes { get; }

    /// <summary>Whether both plans give every parameter the same values for the same reasons.</summary>
    public bool IsEmpty => Before.Fingerprint == After.Fingerprint;

    /// <summary>The differences as a table, repeated blocks in one row.</summary>
    public override string ToString()
    {
        if (IsEmpty)
        {
            int count = Parameters(After.Parameters.Select(parameter => parameter.Path)).Count;
            return FormattableString.Invariant($"the plans are the same: {count:N0} {(count == 1 ? "parameter" : "parameters")}, seed {After.Seed}, {After.Fingerprint}");
        }

        HashSet<string> all = Parameters(Before.Parameters.Concat(After.Parameters).Select(parameter => parameter.Path));
        var text = new StringBuilder();
        text.AppendLine($"{Numbers.Count(Parameters(Changes.Select(change => change.Path)).Count)} of {Numbers.Count(all.Count)} {(all.Count == 1 ? "parameter differs" : "parameters differ")}"
            + (Before.Seed == After.Seed ? "" : FormattableString.Invariant($"; seed {Before.Seed} became {After.Seed}"))
            + (Before.Source == After.Source ? "" : $"; random numbers of {Before.Source} became those of {After.Source}"));
        if (Changes.Count == 0)
        {
            return text.ToString().TrimEnd();
        }

        var table = new TextTable(("parameter", false), ("×", true), ("differs", false), ("before", false), ("after", false));
        foreach (IGrouping<string, PlanChange> alike in Changes.GroupBy(Key))
        {
            string path = PathFold.Join([.. alike.Select(change => change.Path)]);
            string count = alike.Count() == 1 ? "" : Numbers.Count(alike.Count());
            foreach ((string what, string before, string after) in alike.First().Differences)
            {
                bool many = what == "stream" && count.Length > 0;
                table.Add(path, count, what, many ? EachItsOwn : before, many ? EachItsOwn : after);
                (path, count) = ("", "");
            }
        }

        return text.AppendLine().Append(table).ToString().TrimEnd();
    }

    /// <summary>The differences as JSON text.</summary>
    public string ToJson()
    {
        string changes = string.Join(",", Changes.Select(change =>
            $"\n    {{ \"path\": {Json.String(change.Path)}, \"differs\": [{string.Join(", ", change.What.Select(Json.String))}], "
            + $"\"before\": {Side(change.Before)}, \"after\": {Side(change.After)} }}"));
        return $$"""
            {
              "same": {{(IsEmpty ? "true" : "false")}},
              "before": { "fingerprint": {{Json.String(Before.Fingerprint)}}, "source": {{Json.String(Before.Source)}}, "seed": {{Invariant(Before.Seed)}} },
              "after": { "fingerprint": {{Json.String(After.Fingerprint)}}, "source": {{Json.String(After.Source)}}, "seed": {{Invariant(After.Seed)}} },
              "changes": [{{changes}}{{(changes.Length == 0 ? "" : "\n  ")}}]
            }

            """.ReplaceLineEndings("\n");
    }

    /// <summary>The parameters that paths are of; rows with a rule of their own are of the parameter that they lie in.</summary>
    private static HashSet<string> Parameters(IEnumerable<string> paths) => [.. paths.Select(ParameterRecord.WithoutRows)];

    private static string Invariant(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Side(ParameterRecord? side) => side is null ? "null" : PlanWriter.Parameter(side);

    /// <summary>Equal for the same place in repeated blocks where the same differs.</summary>
    private static string Key(PlanChange change) => string.Join(
        '\n',
        change.Differences.Select(difference => difference.What == "stream" ? "stream" : $"{difference.What}\n{difference.Before}\n{difference.After}")
            .Prepend(PathFold.Skeleton(change.Path)));
}
