using System.Text;

namespace InitDsl;

/// <summary>A plan as text.</summary>
internal static class Explanation
{
    internal static string Of(Plan plan, bool fold)
    {
        var text = new StringBuilder();
        text.AppendLine(Headline(plan)).AppendLine();
        Row[] rows = [.. Rows(plan)];
        if (rows.Length > 0)
        {
            text.Append(Table(fold ? Folded(rows) : rows.Select(row => (row.Path, 1, row))));
            foreach (string line in FanNotes.Legend(rows.Select(row => row.Fans)))
            {
                text.AppendLine(line);
            }

            text.AppendLine();
        }

        for (int i = 0; i < plan.Rules.Rules.Count; i++)
        {
            text.Append('#').Append(i + 1).Append("  ").Append(plan.Rules.Rules[i]).AppendLine();
        }

        foreach (Diagnostic diagnostic in DiagnosticFold.Of(plan.Diagnostics))
        {
            text.AppendLine().Append(diagnostic);
        }

        return text.ToString().TrimEnd();
    }

    private static string Headline(Plan plan)
    {
        int buffers = plan.Steps.Count(step => step.Spec.Role == ParamRole.Buffer);
        long values = plan.Steps.Sum(step => step.Shape.Elements) + plan.Untouched.Sum(left => left.Spec.Shape.Elements);
        int parameters = plan.Steps.Count - buffers + plan.Untouched.Count;
        int kept = plan.Untouched.Count(left => left.Rule is not null);
        int alone = plan.Untouched.Count - kept;
        return $"{plan.Model.Name}: {Numbers.Count(parameters)} {(parameters == 1 ? "parameter" : "parameters")}"
            + (buffers == 0 ? "" : $", {Numbers.Count(buffers)} {(buffers == 1 ? "buffer" : "buffers")}")
            + (kept == 0 ? "" : $", {Numbers.Count(kept)} kept") + (alone == 0 ? "" : $", {Numbers.Count(alone)} left alone") + ", "
            + $"{Numbers.Count(values)} values; {plan.Source}";
    }

    private static IEnumerable<Row> Rows(Plan plan)
    {
        Dictionary<ParamSpec, PlanStep> steps = plan.Steps.ToDictionary(step => step.Spec);
        Dictionary<ParamSpec, Untouched> untouched = plan.Untouched.ToDictionary(left => left.Spec);
        IEnumerable<ParameterStore> buffers = plan.Steps.Where(step => step.Spec.Role == ParamRole.Buffer).Select(step => step.Store);
        foreach (ParameterStore store in plan.Model.Stores.Concat(buffers))
        {
            ParamSpec spec = store.Spec;
            string tied = store.Aliases.Count == 0 ? "" : " = " + string.Join(" = ", store.Aliases.Select(alias => alias.Path));
            string dtype = spec.DType == DType.Float32 ? "" : spec.DType.ToString();
            if (steps.TryGetValue(spec, out PlanStep? step))
            {
                Law law = step.BaseLaw;
                yield return new(
                    spec.Path,
                    tied,
                    spec.ShapeText,
                    dtype,
                    step.HasBase ? Number(step.RuleNumber) : "-",
                    string.Join(" ", step.ShadowedNumbers.Select(Number)),
                    law is KeptLaw ? "" : FanNotes.Of(spec, step.FanIn, step.FanOut),
                    step.HasBase ? law.ToString()! : step.HasRowsLeft ? "left alone" : "",
                    step.Auto?.ToString() ?? "",
                    Moment(law, law.Mean),
                    Moment(law, law.Std),
                    Moment(law, law.Min),
                    Moment(law, law.Max)) { From = law as FileLaw };
                foreach (PlanSlice slice in step.Slices)
                {
                    yield return Of(slice);
                }
            }
            else
            {
                int keep = untouched[spec].RuleNumber;
                yield return new(
                    spec.Path,
                    tied,
                    spec.ShapeText,
                    dtype,
                    keep < 0 ? "-" : Number(keep),
                    "",
                    "",
                    keep < 0 ? "left alone" : "kept",
                    "",
                    "",
                    "",
                    "",
                    "");
            }
        }
    }

    private static Row Of(PlanSlice slice) => new(
        $"{slice.Spec.Path}{slice.Spec.Rows!.Text} {slice.Spec.Rows.Word}".TrimEnd(),
        "",
        slice.Spec.ShapeText,
        "",
        Number(slice.RuleNumber),
        "",
        slice.Law is KeptLaw ? "" : FanNotes.Of(slice.Spec, slice.FanIn, slice.FanOut),
        slice.Law.ToString()!,
        slice.Auto?.ToString() ?? "",
        Moment(slice.Law, slice.Law.Mean),
        Moment(slice.Law, slice.Law.Std),
        Moment(slice.Law, slice.Law.Min),
        Moment(slice.Law, slice.Law.Max)) { From = slice.Law as FileLaw };

    /// <summary>A number of a law; nothing where values are kept.</summary>
    private static string Moment(Law law, double value) => law is KeptLaw ? "" : Numbers.Known(value);

    private static IEnumerable<(string Path, int Count, Row Row)> Folded(Row[] rows) =>
        rows.GroupBy(Key).Select(group => (PathFold.Join([.. group.Select(row => row.Path)]), group.Count(), Joined([.. group])));

    /// <summary>What rows have in common that are shown as one. Values out of a file are of a kind where their names are.</summary>
    private static Row Key(Row row)
    {
        Row key = row with { Path = PathFold.Skeleton(row.Path), Tied = PathFold.Skeleton(row.Tied) };
        return row.From is null ? key : key with { Law = PathFold.Skeleton(row.Law), From = null, Mean = "", Std = "", Min = "", Max = "" };
    }

    private static Row Joined(Row[] rows)
    {
        if (rows.Length == 1 || rows[0].From is null)
        {
            return rows[0];
        }

        Moments pooled = Moments.Pooled([.. rows.Select(row => row.From!.Moments)]);
        return rows[0] with
        {
            Law = PathFold.Join([.. rows.Select(row => row.Law)]),
            Mean = Numbers.Short(pooled.Mean),
            Std = Numbers.Short(pooled.Std),
            Min = Numbers.Short(pooled.Min),
            Max = Numbers.Short(pooled.Max),
        };
    }

    private static TextTable Table(IEnumerable<(string Path, int Count, Row Row)> rows)
    {
        var table = new TextTable(
            ("parameter", false),
            ("×", true),
            ("shape", false),
            ("dtype", false),
            ("rule", false),
            ("over", false),
            ("fan in → out", false),
            ("law", false),
            ("auto", false),
            ("mean", true),
            ("std", true),
            ("min", true),
            ("max", true));
        foreach ((string path, int count, Row row) in rows)
        {
            table.Add(
                path + row.Tied,
                count == 1 ? "" : Numbers.Count(count),
                row.Shape,
                row.DType,
                row.Rule,
                row.Over,
                row.Fans,
                row.Law,
                row.Auto,
                row.Mean,
                row.Std,
                row.Min,
                row.Max);
        }

        return table;
    }

    private static string Number(int rule) => $"#{rule + 1}";

    private sealed record Row(
        string Path,
        string Tied,
        string Shape,
        string DType,
        string Rule,
        string Over,
        string Fans,
        string Law,
        string Auto,
        string Mean,
        string Std,
        string Min,
        string Max)
    {
        /// <summary>The law where its values come from a file.</summary>
        internal FileLaw? From { get; init; }
    }
}
