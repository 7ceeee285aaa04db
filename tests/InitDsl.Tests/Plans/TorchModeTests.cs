using System.Runtime.CompilerServices;

namespace InitDsl.Tests;

/// <summary>What the core does with a backend's generator; the values themselves are tested with the backend.</summary>
public class TorchModeTests
{
    [Fact]
    public void Parameters_are_drawn_by_the_generator_in_the_order_of_the_model()
    {
        TestModel model = Model();
        Plan plan = PlanCompiler.Compile(All.Param("*", Normal()), model, RandomSource.Torch(3));
        plan.Apply();
        plan.Apply();
        Assert.Equal([300f, 301f, 302f, 303f], model.Stores.Select(store => ((MemoryStore)store).Floats[0]));
    }

    [Fact]
    public void Generators_are_released_after_use_and_not_finalized_again()
    {
        var model = new TestModel(TestModel.Tensor(new(2))) { Generator = _ => new Finalized() };
        Apply(model);
        GC.Collect();
        GC.WaitForPendingFinalizers();

        // One is asked when the plan is compiled, one draws.
        Assert.Equal([true, true], Finalized.Released);

        // Apart, so that no local of this method holds the generator.
        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Apply(TestModel model) => PlanCompiler.Compile(All.Weight(Normal()), model, RandomSource.Torch(3)).Apply();
    }

    [Fact]
    public void Fans_are_PyTorchs()
    {
        Plan plan = PlanCompiler.Compile(When<FakeConv>().Weight(Kaiming.FanOut()), Model(), RandomSource.Torch(3));
        PlanStep step = Assert.Single(plan.Steps);
        Assert.Equal((18, 144), (step.FanIn, step.FanOut));
        Assert.Equal(Math.Sqrt(2 / 144.0), step.Law.Std, 1e-12);

        // Of a law that asks for none too.
        step = Assert.Single(PlanCompiler.Compile(When<FakeConv>().Weight(Normal()), Model(), RandomSource.Torch(3)).Steps);
        Assert.Equal((18, 144), (step.FanIn, step.FanOut));
    }

    [Fact]
    public void The_fans_shown_are_those_the_law_was_computed_from()
    {
        PlanStep step = Assert.Single(When<FakeConv>().Weight(Kaiming.WithFans(Fans.Torch).Scale(2)).Compile(Model()).Steps);
        Assert.Equal((18, 144), (step.FanIn, step.FanOut));
        step = Assert.Single(When<FakeConv>().Weight(Kaiming).Compile(Model()).Steps);
        Assert.Equal((18, 36), (step.FanIn, step.FanOut));
    }

    [Fact]
    public void A_law_that_PyTorch_lacks_is_refused_at_compile()
    {
        InitException refused = Assert.Throws<InitException>(() =>
            PlanCompiler.Compile(When<FakeLinear>().Weight(Orthogonal()), Model(), RandomSource.Torch(3)));
        Assert.Equal(
            "INIT008 error: fc.weight [4, 3] of FakeLinear: PyTorch has no such law. Rule: When<FakeLinear>().Weight(Orthogonal()). Use RandomSource.Philox(seed), or write a law that torch.nn.init has.",
            refused.Diagnostics[0].ToString());
    }

    [Fact]
    public void Sources_read_well_and_are_equal_by_value()
    {
        Assert.Equal("seed 5", RandomSource.Philox(5).ToString());
        Assert.Equal("PyTorch's generator, seed 5", RandomSource.Torch(5).ToString());
        Assert.Equal(RandomSource.Torch(5), RandomSource.Torch(5));
        Assert.NotEqual(RandomSource.Torch(5), RandomSource.Philox(5));
    }

    private static TestModel Model() =>
        new([.. TestModel.Linear("fc", 4, 3), .. TestModel.Conv("conv", new(16, 2, 3, 3), groups: 4)]) { Generator = seed => new CountingGenerator(seed) };

    /// <summary>A generator with something to release.</summary>
    private sealed class Finalized : TorchGenerator
    {
        ~Finalized() => Dispose(false);

        internal static List<bool> Released { get; } = [];

        public override string? WhyNot(Law law, ParamSpec spec) => null;

        public override void Draw(ParameterStore store, Law law)
        {
        }

        protected override void Dispose(bool disposing)
        {
            Released.Add(disposing);
            base.Dispose(disposing);
        }
    }
}
