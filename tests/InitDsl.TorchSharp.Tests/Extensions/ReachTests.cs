namespace InitDsl.Tests;

/// <summary>What TorchSharp's own traversals and names would hide is reached all the same.</summary>
public class ReachTests
{
    [Fact]
    public void A_visitor_reaches_what_apply_does_not()
    {
        using var list = new ModuleList<Linear>(Linear(2, 2), Linear(2, 2));
        Plan plan = All.Param("*", Const(3)).Compile(list, seed: 1);
        list.apply(plan.Visitor());
        Assert.Equal(4, plan.Steps.Count);
        Assert.True(plan.Verify().Passed, plan.Verify().ToString());

        using var derived = new WithExtra();
        plan = All.Param("*", Const(3)).Compile(derived, seed: 1);
        derived.apply(plan.Visitor());
        Assert.Contains(plan.Steps, step => step.Path == "extra.weight");
        Assert.True(plan.Verify().Passed, plan.Verify().ToString());
    }

    [Fact]
    public void A_visitor_checks_everything_before_it_writes_anything()
    {
        using Sequential model = Sequential(("a", Linear(2, 2)), ("b", Linear(2, 2)));
        Plan plan = All.Param("*", Const(3)).Compile(model, seed: 1);
        double[] before = ((Linear)model[0]).weight.Doubles();
        ((Linear)model[1]).weight.Dispose();
        Assert.Throws<InitException>(() => model.apply(plan.Visitor()));
        Assert.Equal(before, ((Linear)model[0]).weight.Doubles());
    }

    [Fact]
    public void Auto_properties_go_by_their_own_names()
    {
        using var model = new WithProperties();
        Plan plan = (When<WithProperties>().Weight(Const(2)) + Named("head").Weight(Const(3))).Compile(model, seed: 1);
        Assert.Equal(["weight", "head.weight"], plan.Steps.Select(step => step.Path));
        plan.Apply();
        Assert.All(model.weight.Doubles(), value => Assert.Equal(2, value));
        Assert.All(model.head.weight.Doubles(), value => Assert.Equal(3, value));
    }

    [Fact]
    public void PyTorchs_truncated_normal_is_refused_where_it_would_be_infinite_or_a_constant()
    {
        using Linear layer = Linear(50, 50, hasBias: false);
        foreach (Init init in (Init[])[TruncNormal(0, 1, double.NegativeInfinity, 0), TruncNormal(0, 1, 6, 7)])
        {
            InitException refused = Assert.Throws<InitException>(() => All.Weight(init).Compile(layer, RandomSource.Torch(1)));
            Assert.Equal("INIT008", Assert.Single(refused.Diagnostics).Code);
            layer.Initialize(All.Weight(init), seed: 1);
            Assert.True(All.Weight(init).Compile(layer, seed: 1).Verify().Passed);
        }
    }

    [Fact]
    public void A_tensor_whose_elements_share_memory_is_refused()
    {
        using Tensor column = zeros(3, 1);
        using Tensor wide = column.expand(3, 4);
        using Tensor overlapping = zeros(6).as_strided([3, 4], [1, 1]);
        Assert.Contains("share memory", Assert.Throws<InitException>(() => wide.Initialize(Normal(), seed: 1)).Message, StringComparison.Ordinal);
        Assert.Contains("share memory", Assert.Throws<InitException>(() => overlapping.Initialize(Normal(), seed: 1)).Message, StringComparison.Ordinal);
    }

    private sealed class WithExtra : Sequential
    {
        internal WithExtra()
            : base(("first", Linear(2, 2))) => register_module("extra", Linear(2, 2));
    }

    private sealed class WithProperties : Module<Tensor, Tensor>
    {
        internal WithProperties()
            : base("p") => RegisterComponents();

        public Parameter weight { get; } = new(zeros(3));

        public Linear head { get; } = Linear(3, 3, hasBias: false);

        public override Tensor forward(Tensor input) => head.call(input * weight);
    }
}
