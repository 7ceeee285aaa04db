namespace InitDsl.Tests;

public class VisitorTests
{
    private static readonly RuleSet Rules =
        When<Linear>().Weight(Kaiming).Bias(Uniform(-0.1, 0.1)) + When<Embedding>().Weight(Normal(std: 0.02));

    [Fact]
    public void Visiting_a_model_does_what_applying_does()
    {
        using var applied = new Perceptron();
        using var visited = new Perceptron();
        Rules.Compile(applied, seed: 7).Apply();
        Action<nn.Module> visitor = Rules.Compile(visited, seed: 7).Visitor();
        visited.apply(visitor);
        Assert.Equal(applied.State(), visited.State());

        // The same values whenever it comes by again.
        visited.Initialize(All.Param("*", Zeros), seed: 1);
        visited.apply(visitor);
        Assert.Equal(applied.State(), visited.State());
    }

    [Fact]
    public void Making_a_visitor_changes_nothing()
    {
        using var model = new Perceptron();
        Dictionary<string, byte[]> before = model.State();
        foreach (RandomSource source in (RandomSource[])[RandomSource.Philox(1), RandomSource.Torch(1)])
        {
            _ = Rules.Compile(model, source).Visitor();
            Assert.Equal(before, model.State());
        }
    }

    [Fact]
    public void A_single_module_may_be_visited_alone()
    {
        using Sequential model = Sequential(("a", Linear(2, 2)), ("b", Linear(2, 2)));
        using var other = new Wrapper("x", Linear(2, 2));
        Dictionary<string, byte[]> before = model.State();
        Rules.Compile(model, seed: 1).Visitor()((nn.Module)model[1]);
        Dictionary<string, byte[]> after = model.State();
        Assert.Equal(before["a.weight"], after["a.weight"]);
        Assert.NotEqual(before["b.weight"], after["b.weight"]);
    }

    [Fact]
    public void Torch_mode_draws_in_the_order_of_the_visits_as_PyTorchs_apply()
    {
        using Sequential visited = Model();
        visited.apply(Rules.Compile(visited, RandomSource.Torch(3)).Visitor());
        using Sequential expected = Model();
        manual_seed(3);
        expected.apply(module =>
        {
            if (module is Linear linear)
            {
                using IDisposable silent = no_grad();
                linear.weight.normal_(0, Math.Sqrt(2) / Math.Sqrt(linear.weight.shape[1]));
                linear.bias!.uniform_(-0.1, 0.1);
            }
        });
        Assert.Equal(expected.State(), visited.State());

        static Sequential Model() => Sequential(("a", Sequential(("x", Linear(5, 4)), ("act", ReLU()))), ("b", Linear(4, 3)));
    }

    [Fact]
    public void Shared_modules_and_tied_weights_are_drawn_once()
    {
        using Linear shared = Linear(3, 3);
        using Sequential model = Sequential(("a", shared), ("b", Linear(3, 3)), ("c", shared));
        Plan plan = Rules.Compile(model, RandomSource.Torch(3));
        plan.Apply();
        Dictionary<string, byte[]> applied = model.State();
        model.apply(plan.Visitor());
        Assert.Equal(applied, model.State());

        using var tied = new TiedModel();
        Plan tiedPlan = (When<Embedding>().Weight(Normal()) + When<Linear>().Bias(Zeros)).Compile(tied, RandomSource.Torch(3));
        tiedPlan.Apply();
        byte[] once = tied.head.weight.Bytes();
        tied.apply(tiedPlan.Visitor());
        Assert.Equal(once, tied.head.weight.Bytes());
    }

    [Fact]
    public void Containers_without_parameters_are_passed_by_whosever_they_are()
    {
        using var model = new Perceptron();
        Action<nn.Module> visitor = Rules.Compile(model, seed: 1).Visitor();
        visitor(ReLU());
        visitor(Sequential(Linear(1, 1)));
    }

    [Fact]
    public void A_module_that_the_plan_does_not_know_is_named()
    {
        using var model = new Perceptron();
        using var other = new Perceptron();
        Action<nn.Module> visitor = Rules.Compile(model, seed: 1).Visitor();
        ArgumentException refused = Assert.Throws<ArgumentException>(() => other.apply(visitor));
        Assert.Contains("weight of Linear is not in the plan, which was compiled for a Perceptron", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => visitor(null!));
    }

    [Fact]
    public void A_parameter_replaced_since_compile_is_refused()
    {
        using Linear linear = Linear(2, 2);
        Action<nn.Module> visitor = Rules.Compile(linear, seed: 1).Visitor();
        linear.weight = Parameter(zeros(2, 2));
        Assert.Throws<InitException>(() => linear.apply(visitor));
    }
}
