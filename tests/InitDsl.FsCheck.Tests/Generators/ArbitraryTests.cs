namespace InitDsl.Tests.Generators;

public class ArbitraryTests
{
    private const int Size = 50;
    private const int Count = 100;

    [Fact]
    public void Cases_compile_and_have_every_property_that_costs_little()
    {
        foreach (InitCase made in Samples(InitArbitraries.Cases(), 25))
        {
            InitLawReport report = InitLaws.ExamineModel(
                made.Model.Build,
                made.Rules,
                new()
                {
                    Seed = made.Seed,
                    Properties = InitProperties.Determinism | InitProperties.Order | InitProperties.Idempotence | InitProperties.Monoid | InitProperties.Streams,
                });
            Assert.True(report.Passed, $"{made}: {report}");
        }
    }

    [Fact]
    public void Models_take_their_inputs()
    {
        foreach (SmallModel model in Samples(InitArbitraries.Models()))
        {
            using Sequential built = model.Build();
            using Tensor output = built.call(model.Input());
            Assert.Equal(model.Widths[^1], output.shape[1]);
            Assert.StartsWith("Sequential((\"", model.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Everything_is_varied_and_in_range()
    {
        Assert.Equal(Count, Samples(InitArbitraries.Shapes()).Length);
        Assert.All(Samples(InitArbitraries.Shapes()), shape => Assert.InRange(shape.Rank, 0, 4));
        Assert.InRange(Samples(InitArbitraries.Shapes()).Distinct().Count(), 50, Count);
        Assert.Equal(4, Samples(InitArbitraries.Specs()).Select(spec => spec.Kind).Distinct().Count());
        Assert.True(Samples(InitArbitraries.Laws()).Select(law => law.GetType()).Distinct().Count() > 5);
        Assert.True(Samples(InitArbitraries.Inits()).Select(init => init.ToString()).Distinct().Count() > 40);
        Assert.True(Samples(InitArbitraries.Rules()).Select(rule => rule.ToString()).Distinct().Count() > 50);
        Assert.True(Samples(InitArbitraries.RuleSets()).Select(rules => rules.Rules.Count).Distinct().Count() == 4);
        Assert.Contains(long.MinValue, Samples(InitArbitraries.Seeds()));
    }

    [Fact]
    public void Every_shrink_comes_to_an_end()
    {
        Ends(InitArbitraries.Shapes());
        Ends(InitArbitraries.Specs());
        Ends(InitArbitraries.Seeds());
        Ends(InitArbitraries.Laws());
        Ends(InitArbitraries.Inits());
        Ends(InitArbitraries.Rules());
        Ends(InitArbitraries.Models());
    }

    [Fact]
    public void Counter_examples_are_the_smallest_and_print_their_repro()
    {
        // "No weight is ever random."
        static bool Wrong(InitCase made) =>
            made.Rules.Compile(made.Model.Build(), made.Seed).Steps.Any(step => step.Spec.Role == ParamRole.Weight && step.Law.IsRandom);
        InitCase large = Samples(InitArbitraries.Cases()).Where(Wrong).MaxBy(made => made.ToString().Length)!;
        Assert.True(large.ToString().Length > 150, large.ToString());
        Assert.Equal(
            "Sequential((\"fc1\", Linear(1, 1))).Initialize(All.Weight(Normal(0, 1)), seed: 0)",
            Smallest(InitArbitraries.Cases(), large, Wrong).ToString().Replace("All.Param(\"weight*\", ", "All.Weight(", StringComparison.Ordinal));
    }

    [Fact]
    public void FsCheck_shrinks_and_prints_them()
    {
        var failure = Assert.ThrowsAny<Exception>(() => Prop
            .ForAll(InitArbitraries.Inits(), init => !init.ToString().Contains("Clamp", StringComparison.Ordinal))
            .QuickCheckThrowOnFailure());
        Assert.Matches(@"Zeros\.Clamp\(\S+, \S+\)|Const\(0\)\.Clamp\(\S+, \S+\)", failure.Message);
    }

    private static T[] Samples<T>(Arbitrary<T> arbitrary, int count = Count) => [.. arbitrary.Generator.Sample(count, new Rnd(20200613UL), Size)];

    private static void Ends<T>(Arbitrary<T> arbitrary)
    {
        foreach (T made in Samples(arbitrary, 20))
        {
            T smallest = Smallest(arbitrary, made, _ => true);
            Assert.Empty(arbitrary.Shrinker(smallest));
        }
    }

    private static T Smallest<T>(Arbitrary<T> arbitrary, T from, Func<T, bool> fails)
    {
        for (int steps = 0; steps < 1000; steps++)
        {
            if (arbitrary.Shrinker(from).Where(fails).Select(smaller => (smaller, true)).FirstOrDefault() is not (var next, true))
            {
                return from;
            }

            from = next;
        }

        throw new InvalidOperationException($"The shrinking does not end, at {from}.");
    }
}
