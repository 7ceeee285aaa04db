using System.Text;

namespace InitDsl;

/// <summary>A plan as text.</summary>
internal static class Explanation
{
    private const string LeftAlone = "left alone";

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

        int rules = plan.Rules.Rules.Count;
        for (int i = 0; i < rules; i++)
        {
            text.Append(Number(i).PadRight(Number(rules - 1).Length + 2)).Append(plan.Rules.Rules[i].Shown).AppendLine();
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
                yield return new Row(spec.Path, spec.ShapeText, LawText.Short(step.Law, step.HasBase ? null : LeftAlone))
                {
                    Tied = tied,
                    DType = dtype,
                    Rule = step.HasBase ? Number(step.RuleNumber) : "-",
                    Over = step.HasBase ? Over(step.ShadowedNumbers, step.RuleNumber) : "",
                    Fans = step.BaseLaw is KeptLaw ? "" : FanNotes.Of(spec, step.FanIn, step.FanOut),
                    Auto = step.Auto?.ToString() ?? "",
                }.With(step.Law);
                foreach (Row row in step.Law is OverlaidLaw overlaid ? Seen(spec, overlaid, step.Slices) : Blocks(spec, step.Law))
                {
                    yield return row;
                }
            }
            else
            {
                Untouched left = untouched[spec];
                bool whole = left.Rule is not null && left.Rows is null or { Whole: not null };
                yield return new Row(spec.Path, spec.ShapeText, whole ? "kept" : left.Rows?.Law.RowsSeen(RowSegment.Under) == 0 ? "" : LeftAlone)
                {
                    Tied = tied,
                    DType = dtype,
                    Rule = whole ? Number(left.RuleNumber) : "-",
                    Over = whole ? Over(left.ShadowedNumbers, left.RuleNumber) : "",
                };
                foreach (Row row in left.Rows is { } kept ? Seen(spec, kept.Law, kept.Slices) : [])
                {
                    yield return row;
                }
            }
        }
    }

    /// <summary>What will stand in the rows of a parameter, from first to last: slices, and blocks of the law under them.</summary>
    private static IEnumerable<Row> Seen(ParamSpec spec, OverlaidLaw law, IReadOnlyList<PlanSlice> slices) =>
        law.Segments.SelectMany(segment => segment.Overlay == RowSegment.Under
            ? Blocks(spec, law.Under, segment.First, segment.End)
            : [Of(spec, slices[segment.Overlay], segment)]);

    /// <summary>A slice, or what is seen of it.</summary>
    private static Row Of(ParamSpec spec, PlanSlice slice, RowSegment seen)
    {
        var rows = new NamedRows(seen.First, seen.End, slice.Spec.Rows!.Word);
        return new Row(PathOf(slice.Spec, rows), spec.RowsOf(rows).ShapeText, LawText.Short(slice.Law))
        {
            Rule = Number(slice.RuleNumber),
            Over = Over(slice.ShadowedIn(rows), slice.RuleNumber),
            Fans = slice.Law is KeptLaw ? "" : FanNotes.Of(slice.Spec, slice.FanIn, slice.FanOut),
            Auto = slice.Auto?.ToString() ?? "",
        }.With(slice.Law, whole: rows == slice.Spec.Rows);
    }

    private static IEnumerable<Row> Blocks(ParamSpec spec, Law law) => spec.Shape.Rank == 0 ? [] : Blocks(spec, law, 0, spec.Shape[0]);

    /// <summary>The blocks of a law that has several which differ, or what is seen of them between two rows.</summary>
    private static IEnumerable<Row> Blocks(ParamSpec spec, Law law, long first, long end)
    {
        if (law is not SlicedLaw { Alike: false } sliced || spec.Shape.Elements == 0)
        {
            yield break;
        }

        long row = spec.Shape.Elements / spec.Shape[0];
        long from = 0;
        for (int i = 0; i < sliced.Slices.Count; i++)
        {
            long to = from + (sliced.Slices[i].Elements / row);
            string word = sliced.Slices.Count == spec.Gates.Count ? spec.Gates[i].ToString().ToLowerInvariant() : "";
            var rows = new NamedRows(Math.Max(first, from), Math.Min(end, to), word);
            if (rows.First < rows.End)
            {
                yield return new Row(PathOf(spec, rows), spec.RowsOf(rows).ShapeText, LawText.Short(sliced.Slices[i].Law))
                    .With(sliced.Slices[i].Law, whole: (rows.First, rows.End) == (from, to));
            }

            from = to;
        }
    }

    private static IEnumerable<(string Path, int Count, Row Row)> Folded(Row[] rows) =>
        rows.GroupBy(Key).Select(group => (PathFold.Join([.. group.Select(row => row.Path)]), group.Count(), Joined([.. group])));

    /// <summary>What rows have in common that are shown as one. Values out of a file are of a kind where their names are.</summary>
    private static Row Key(Row row)
    {
        Row key = row with { Path = PathFold.Skeleton(row.Path), Tied = PathFold.Skeleton(row.Tied) };
        string law = PathFold.Skeleton(row.Law);
        return row.From is null ? key : key with { Law = law, Whole = law, From = null, Mean = "", Std = "", Min = "", Max = "" };
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

    private static string PathOf(ParamSpec spec, NamedRows rows) => $"{spec.Path}{rows.Text} {rows.Word}".TrimEnd();

    private static string Number(int rule) => $"#{rule + 1}";

    /// <summary>The rules that lost to one: <c>#1 #3-#7</c>.</summary>
    private static string Over(IReadOnlyList<int> shadowed, int winner)
    {
        int[] lost = [.. shadowed.Where(rule => rule < winner)];
        var runs = new List<string>();
        for (int from = 0, end; from < lost.Length; from = end)
        {
            for (end = from + 1; end < lost.Length && lost[end] == lost[end - 1] + 1; end++)
            {
            }

            runs.AddRange(end - from > 2 ? [$"{Number(lost[from])}-{Number(lost[end - 1])}"] : lost[from..end].Select(Number));
        }

        return string.Join(" ", runs);
    }

    private sealed record Row(string Path, string Shape, string Law)
    {
        internal string Tied { get; init; } = "";

        internal string DType { get; init; } = "";

        internal string Rule { get; init; } = "";

        internal string Over { get; init; } = "";

        internal string Fans { get; init; } = "";

        internal string Auto { get; init; } = "";

        internal string Mean { get; init; } = "";

        internal string Std { get; init; } = "";

        internal string Min { get; init; } = "";

        internal string Max { get; init; } = "";

        /// <summary>The whole text of a law, of which a cell may show a part.</summary>
        internal string Whole { get; init; } = Law;

        /// <summary>The law where its values come from a file.</summary>
        internal FileLaw? From { get; init; }

        /// <summary>The row with the numbers of a law; without, where values are kept.</summary>
        /// <param name="law">The law.</param>
        /// <param name="whole">Whether all of it is seen; the moments of a part are not known where its elements differ.</param>
        internal Row With(Law law, bool whole = true)
        {
            if (law is KeptLaw)
            {
                return this;
            }

            bool moments = whole || law.Homogeneous;
            bool bounds = law is not OverlaidLaw { KeepsSome: true };
            return this with
            {
                Mean = Numbers.Known(moments ? law.Mean : double.NaN),
                Std = Numbers.Known(moments ? law.Std : double.NaN),
                Min = Numbers.Known(bounds ? law.Min : double.NaN),
                Max = Numbers.Known(bounds ? law.Max : double.NaN),
                Whole = law.ToString()!,
                From = law as FileLaw,
            };
        }
    }
}
