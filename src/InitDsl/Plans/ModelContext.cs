namespace InitDsl;

/// <summary>
/// What functions of the user's may ask beyond the parameter itself: counted at the first question, once a model and
/// once a rule, so that rules that do not ask pay nothing.
/// </summary>
internal sealed class ModelContext
{
    private readonly BlockCounts blocks;
    private readonly Lazy<ParamSpec[]> sites;
    private readonly IReadOnlyList<Rule> rules;
    private readonly bool selectorsAsk;
    private readonly Dictionary<int, RuleLayers> layers = [];

    internal ModelContext(RuleSet rules, ModelParameters model)
    {
        sites = new(() => InOrder(model));
        blocks = new(model.Stores.SelectMany(store => store.Specs).Select(spec => spec.ModulePath));
        this.rules = rules.Rules;
        selectorsAsk = rules.Rules.Any(rule => rule.Selector.CallsUser);
    }

    /// <summary>The parameter as selectors see it.</summary>
    internal ParamSpec See(ParamSpec spec) => selectorsAsk ? spec.Among(blocks) : spec;

    /// <summary>The layers that a rule selects, whichever rule wins them.</summary>
    /// <param name="rule">The rule's place in the rule set.</param>
    internal RuleLayers LayersOf(int rule)
    {
        if (!layers.TryGetValue(rule, out RuleLayers? found))
        {
            layers[rule] = found = new(blocks, () => sites.Value.Where(spec => Selects(rules[rule], spec)));
        }

        return found;
    }

    private bool Selects(Rule rule, ParamSpec spec)
    {
        try
        {
            return rule.Decide(See(spec)) is not null;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Deciding asks every rule about every parameter: this failure is an error of its own (INIT009).
            return false;
        }
    }

    /// <summary>All parameters under all their names. A second name may lie anywhere after the first.</summary>
    private static ParamSpec[] InOrder(ModelParameters model)
    {
        ParamSpec[] all = [.. model.Stores.SelectMany(store => store.Specs)];
        return model.Stores.All(store => store.Aliases.Count == 0) || !all.All(spec => spec.Node is not null)
            ? all
            : [.. all.OrderBy(spec => spec.Node!, Comparer<ModuleNode>.Create(ModuleNode.Compare))];
    }
}
