namespace InitDsl;

/// <summary>The names of a file of weights matched with those of a model.</summary>
internal sealed class BoundStateDict
{
    private readonly Dictionary<string, FileValues> values = new(StringComparer.Ordinal);
    private readonly HashSet<string> wanted = new(StringComparer.Ordinal);

    private readonly string rule;
    private readonly List<Diagnostic> findings;

    private BoundStateDict(string rule, StateDictSource source, bool unread, List<Diagnostic> findings)
    {
        this.rule = rule;
        this.findings = findings;
        Source = source;
        Unread = unread;
    }

    internal StateDictSource Source { get; }

    /// <summary>Whether the file could not be read; then it counts as having everything, so that nothing else is said to be missing.</summary>
    internal bool Unread { get; private set; }

    /// <summary>What the names are, where none of the file's is one of the model's.</summary>
    internal string? Hint { get; private set; }

    /// <summary>Matches the tensors of an opened file with a model.</summary>
    /// <param name="rule">The rule as it was written.</param>
    /// <param name="source">What it says of the file.</param>
    /// <param name="file">The file.</param>
    /// <param name="stores">Everything in the model that may get a value.</param>
    /// <param name="findings">Receives what is wrong.</param>
    internal static BoundStateDict Of(
        Rule rule, StateDictSource source, StateDictFile file, IReadOnlyList<ParameterStore> stores, List<Diagnostic> findings)
    {
        int before = findings.Count;
        findings.AddRange(file.Problems.Select(problem => Findings.WeightFile(problem, rule.Shown)));
        Dictionary<string, FileTensor> named = file.Problems.Count > 0 ? [] : Named(rule, source, file, findings);
        bool unread = findings.Count > before;
        var bound = new BoundStateDict(rule.Shown, source, unread, findings);
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (ParameterStore store in stores)
        {
            ParamSpec[] names = [.. store.Specs];
            known.UnionWith(names.Select(name => name.Path));
            ParamSpec[] selected = [.. names.Where(rule.Selector.Matches)];
            if (selected.Length > 0)
            {
                bound.Add(names, selected, named);
            }
        }

        if (!unread)
        {
            bound.Tell(rule, file, named, known, findings);
        }

        return bound;
    }

    /// <summary>Whether there is a value for a parameter under one of its names.</summary>
    internal bool Has(ParamSpec spec) => values.ContainsKey(spec.Path) || (Unread && wanted.Contains(spec.Path));

    /// <summary>Whether the rule is about a parameter that the file lacks and must not.</summary>
    internal bool Misses(ParamSpec spec) => !Source.Partial && !Unread && wanted.Contains(spec.Path) && !values.ContainsKey(spec.Path);

    /// <summary>The law of a parameter's values; none where the file was not read, or cannot be any more.</summary>
    internal Resolution LawFor(ParamSpec spec)
    {
        try
        {
            if (values.TryGetValue(spec.Path, out FileValues? found))
            {
                return found.LawFor(spec);
            }
        }
        catch (WeightFileException problem)
        {
            Fail(problem);
        }

        return StateDictInit.NotRead;
    }

    /// <summary>The tensors by the model's names.</summary>
    private static Dictionary<string, FileTensor> Named(Rule rule, StateDictSource source, StateDictFile file, List<Diagnostic> findings)
    {
        var named = new Dictionary<string, FileTensor>(StringComparer.Ordinal);
        foreach (FileTensor tensor in file.Tensors)
        {
            string? name;
            try
            {
                name = source.Map is { } map ? map(tensor.Name) : tensor.Name;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                findings.Add(Findings.MapFailed(tensor.Name, rule.Shown, failure));
                return named;
            }

            if (name is not null && !named.TryAdd(name, tensor))
            {
                findings.Add(Findings.MappedTogether(named[name].Name, tensor.Name, name, rule.Shown));
            }
        }

        return named;
    }

    /// <summary>A tied parameter has the value of whichever name is in the file; of several they must be the same.</summary>
    private void Add(ParamSpec[] names, ParamSpec[] selected, Dictionary<string, FileTensor> named)
    {
        wanted.UnionWith(names.Select(name => name.Path));
        ParamSpec[] found = [.. selected.Where(name => named.ContainsKey(name.Path))];
        if (found.Length == 0)
        {
            return;
        }

        FileTensor first = named[found[0].Path];
        var value = new FileValues(first);
        foreach (ParamSpec name in names)
        {
            values[name.Path] = value;
        }

        try
        {
            if (Array.Find(found[1..], name => !first.HoldsSame(named[name.Path])) is { } other)
            {
                findings.Add(Findings.TiedInFile(found[0], first, other, named[other.Path], rule));
            }
        }
        catch (WeightFileException problem)
        {
            Fail(problem);
        }
    }

    /// <summary>Says once that the file cannot be read any more; it counts as unread from then on.</summary>
    private void Fail(WeightFileException problem)
    {
        if (!Unread)
        {
            findings.Add(Findings.WeightFile(problem, rule));
            Unread = true;
        }
    }

    /// <summary>Says which tensors of the file nobody takes.</summary>
    private void Tell(Rule rule, StateDictFile file, Dictionary<string, FileTensor> named, HashSet<string> known, List<Diagnostic> findings)
    {
        string[] unused = [.. named.Where(name => !known.Contains(name.Key)).Select(name => name.Value.Name), .. file.Unlisted];
        if (values.Count == 0)
        {
            Hint = wanted.Count == 0 ? "In(…) selects nothing in this model." : $"The file has {Some(file.Tensors.Select(tensor => tensor.Name))}; the model has {Some(wanted)}. "
                + "Give it a map from the file's names to the model's.";
        }
        else if (unused.Length > 0)
        {
            findings.Add(Findings.UnusedInFile(unused, file.Tensors.Count + file.Unlisted.Count, rule.Shown));
        }
    }

    private static string Some(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return all.Length == 0 ? "nothing" : string.Join(", ", all.Take(4)) + (all.Length > 4 ? ", …" : "");
    }
}

/// <summary>What a file has values for in one model.</summary>
internal sealed class BoundSelector(Rule rule, BoundStateDict bound) : Selector
{
    internal override Term Term => rule.Term;

    internal override bool Matches(ParamSpec spec) => bound.Has(spec);
}
