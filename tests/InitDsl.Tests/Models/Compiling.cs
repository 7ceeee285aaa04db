namespace InitDsl.Tests;

internal static class Compiling
{
    internal static Plan Compile(this RuleSet rules, TestModel model, long seed = 42) =>
        PlanCompiler.Compile(rules, model, RandomSource.Philox(seed));

    internal static Report Initialize(this TestModel model, RuleSet rules, long seed = 42) =>
        rules.Compile(model, seed).Apply();

    internal static Report Tell(this Plan plan, Listener listener, int maxThreads = 2) =>
        plan.Apply(maxThreads, listener, TestContext.Current.CancellationToken);

    internal static InitException Refused(RuleSet rules, TestModel model) =>
        Assert.Throws<InitException>(() => rules.Compile(model));

    internal static Law LawOf(Init init, MemoryStore store) =>
        Assert.Single(When<FakeModule>().Param("*", init).Compile(new TestModel(store)).Steps).Law;
}
