namespace InitDsl;

/// <summary>Asks the rules in turn and remembers which of them ever matched, and which ever won.</summary>
/// <param name="rules">The rules.</param>
/// <param name="unresolved">The numbers of those with a type name that means nothing: an error of its own, of which what they match is a consequence.</param>
/// <param name="findings">Where predicates go that throw.</param>
internal sealed class RuleUsage(RuleSet rules, IReadOnlyCollection<int> unresolved, List<Diagnostic> findings)
{
    private readonly IReadOnlyList<Rule> rules = rules.Rules;
    private readonly HashSet<int> winners = [];
    private readonly Dictionary<int, SortedSet<int>> losers = [];

    /// <summary>For each rule the words that decided for some parameter, once each.</summary>
    private readonly List<Clause>?[] decided = new List<Clause>?[rules.Rules.Count];
    private readonly HashSet<int> failed = [.. unresolved];

    /// <summary>The rules that would have what a partial file has, if it lacked that: they are meant to win nothing where it has all.</summary>
    private readonly HashSet<int> fallbacks = [];

    /// <summary>The last rule that matches wins; rules about rows win those that no later one is about.</summary>
    internal Decision Decide(ParamSpec spec)
    {
        int winner = -1;
        Clause? winning = null;
        List<int>? shadowed = null;
        RowLayers? layers = null;
        bool beneathFile = false;
        for (int i = rules.Count - 1; i >= 0; i--)
        {
            if (Ask(i, spec) is not { } clause)
            {
                continue;
            }

            Remember(i, clause);
            bool hidden = winner >= 0 || layers is { Full: true };
            if (!hidden && rules[i].Rows is { } rows)
            {
                hidden = !(layers ??= new(spec)).Add(i, clause, rows.Of(spec));
            }
            else if (!hidden)
            {
                winner = i;
                winning = clause;
            }

            bool partial = rules[i].StateDict is { Partial: true };
            if (beneathFile)
            {
                fallbacks.Add(i);
                beneathFile = partial || rules[i].Rows is not null;
            }
            else if (partial && !hidden)
            {
                beneathFile = true;
            }

            if (!hidden)
            {
                winners.Add(i);
                continue;
            }

            (shadowed ??= []).Add(i);
            if (!losers.TryGetValue(i, out SortedSet<int>? to))
            {
                losers[i] = to = [];
            }

            if (winner >= 0)
            {
                to.Add(winner);
            }
            else
            {
                to.UnionWith(layers!.Seen.Select(seen => seen.Rule));
            }
        }

        shadowed?.Reverse();
        return new(spec, winner, winning, (IReadOnlyList<int>?)shadowed ?? []) { Rows = layers?.Seen ?? [] };
    }

    internal string Text(int rule) => rules[rule].Shown;

    /// <summary>Whether a rule matched some parameter, won or lost; or failed, which is an error of its own.</summary>
    internal bool Matched(int rule) => winners.Contains(rule) || losers.ContainsKey(rule) || failed.Contains(rule);

    /// <summary>Rules that match nothing, and rules that never win. Those of presets may.</summary>
    internal IEnumerable<Diagnostic> Diagnostics(ModelParameters parameters)
    {
        var model = new ModelNames(parameters);
        for (int i = 0; i < rules.Count; i++)
        {
            Rule rule = rules[i];
            if (rule.Optional || failed.Contains(i))
            {
                continue;
            }

            if (!winners.Contains(i) && losers.TryGetValue(i, out SortedSet<int>? to))
            {
                if (!fallbacks.Contains(i))
                {
                    yield return Findings.Shadowed(rule.Shown, [.. to.Select(winner => rules[winner].Shown)]);
                }
            }
            else if (!winners.Contains(i))
            {
                yield return Findings.MatchesNothing(rule.Shown, Hint(rule, rule.Clauses, model));
            }
            else
            {
                foreach (Diagnostic diagnostic in OfWords(i, model))
                {
                    yield return diagnostic;
                }
            }
        }
    }

    /// <summary>Words of a rule that never decide: later words of the rule win, or there is no such name.</summary>
    private IEnumerable<Diagnostic> OfWords(int number, ModelNames model)
    {
        Rule rule = rules[number];
        foreach (Clause clause in rule.Clauses.Where(clause => decided[number]?.Contains(clause) is not true))
        {
            if (!rule.Selector.CallsUser && model.Sites.Any(spec => rule.Selects(spec) && clause.Covers(spec)))
            {
                yield return Findings.ShadowedInRule(clause.Text, rule.Shown);
            }
            else if (clause.ByName)
            {
                yield return Findings.MatchesNothing($"{clause.Text} of {rule.Shown}", Hint(rule, [clause], model));
            }
        }
    }

    /// <summary>By reference here, which is quick; words that are written alike count as the same when it is looked up.</summary>
    private void Remember(int rule, Clause clause)
    {
        List<Clause> words = decided[rule] ??= [];
        foreach (Clause word in words)
        {
            if (ReferenceEquals(word, clause))
            {
                return;
            }
        }

        words.Add(clause);
    }

    /// <summary>A predicate that throws is a finding like any other, named once a rule.</summary>
    private Clause? Ask(int rule, ParamSpec spec)
    {
        try
        {
            return rules[rule].Decide(spec);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            if (failed.Add(rule))
            {
                findings.Add(Findings.PredicateFailed(spec, rules[rule], failure));
            }

            return null;
        }
    }

    /// <summary>What the user may have meant: the names that the selected modules do have.</summary>
    private static string? Hint(Rule rule, IReadOnlyList<Clause> clauses, ModelNames model)
    {
        if (model.Sites.Count == 0)
        {
            return model.NoParameters;
        }

        if (rule.Bound is { } bound)
        {
            return bound.Hint;
        }

        if (rule.Selector.CallsUser)
        {
            return clauses.All(clause => clause.ByName)
                ? null
                : ".Weight addresses names that begin with weight or end with _weight, .Bias likewise, .Param(\"*\", …) all.";
        }

        if (rule.Rows?.Where is { } where)
        {
            return where;
        }

        ParamSpec[] selected = [.. model.Sites.Where(rule.Selector.Matches)];
        return selected.Length > 0
            ? $"{DidYouMean(clauses, selected)}What it selects has these parameters: {Some([.. selected.Select(spec => spec.QualifiedName).Distinct()])}."
            : ContainerHint(rule.Selector, model) is { } containers ? containers
            : rule.Selector switch
            {
                NamedSelector named => NameHint(named, model),
                TypeSelector => $"Module types with parameters are {Some(model.ModuleTypes)}.",
                _ => null,
            };
    }

    /// <summary>Where modules are selected that have no parameters of their own, but hold others that have: how to write these.</summary>
    private static string? ContainerHint(Selector selector, ModelNames model)
    {
        ModuleNode[] selected = [.. model.Containers.Where(node => selector.Matches(ParamSpec.OwnOf(node)))];
        if (selected.Length == 0)
        {
            return null;
        }

        ModuleNode first = selected[0];
        string type = Code.TypeName(first.Type);
        ParamSpec inside = model.Sites.First(spec => spec.Node?.IsBeneath(first) is true);
        string layer = Code.TypeName(inside.ModuleType!);
        string scope = first.Path.Length == 0 ? "" : $".In({Code.Quote(first.Path)})";
        return $"What it selects, {Some([.. selected.Select(node => node.Path)])}, has no parameters of its own. For the modules in it write "
            + (selected.Length == 1 ? $"When<{layer}>(){scope}."
                : inside.Node!.Parent == first ? $"When<{layer}>().ChildOf<{type}>()."
                : $"When<{layer}>(){scope}, or what their paths have in common.");
    }

    private static string NameHint(NamedSelector named, ModelNames model) =>
        model.Sites.FirstOrDefault(spec => named.MatchesText(spec.Path)) is { ModuleType: { } type } parameter
            ? $"That is the path of a parameter, not of a module: write {SelectorOf(parameter, type)}{Word(parameter)}."
            : $"{DidYouMean(named, model)}Module paths are {Some(model.ModulePaths)}.";

    private static string SelectorOf(ParamSpec parameter, Type type) =>
        parameter.OwnerPath.Length == 0 ? $"When<{Code.TypeName(type)}>()" : $"Named({Code.Quote(parameter.OwnerPath)})";

    private static string Word(ParamSpec parameter) => parameter.Name switch
    {
        "weight" when parameter.Role == ParamRole.Weight => ".Weight(…)",
        "bias" when parameter.Role == ParamRole.Bias => ".Bias(…)",
        _ => $".Param({Code.Quote(parameter.QualifiedName)}, …)",
    };

    private static string DidYouMean(NamedSelector named, ModelNames model) =>
        Question(NearestName.Of(named.Pattern, model.ModulePaths));

    private static string DidYouMean(IReadOnlyList<Clause> clauses, ParamSpec[] selected) => Question(clauses
        .Select(clause => clause.NamePattern is { } pattern
            ? NearestName.Of(pattern, selected.SelectMany(spec => spec.Opaque ? new[] { spec.Name, spec.QualifiedName } : [spec.Name]))
            : null)
        .FirstOrDefault(near => near is not null));

    private static string Question(string? near) => near is null ? "" : $"Did you mean {Code.Quote(near)}? ";

    private static string Some(IReadOnlyList<string> names) =>
        names.Count == 0 ? "none"
        : string.Join(", ", names.Take(6).Select(name => name.Length == 0 ? "\"\" (the root)" : name)) + (names.Count > 6 ? ", …" : "");
}
