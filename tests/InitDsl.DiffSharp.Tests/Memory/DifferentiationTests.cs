using Microsoft.FSharp.Core;

namespace InitDsl.Tests;

/// <summary>Gradients flow through a model before and after it is initialised.</summary>
public class DifferentiationTests
{
    [Theory]
    [InlineData(Backends.Reference)]
    [InlineData(Backends.Torch)]
    public void The_gradient_is_right_before_and_after(string backend)
    {
        using IDisposable used = Backends.Use(backend);
        Linear model = Layers.Linear(3, 2);
        Tensor input = Make.Tensor(new[,] { { 1f, 2f, 3f } });
        Tensor before = Gradient(model, input);
        model.Initialize(All.Weight(Const(0.5)).Bias(Zeros), seed: 1);
        Tensor after = Gradient(model, input);

        // d/dW and d/db of the sum of squares of y = xW + b, where all weights are 1/2: 2·y·x and 2·y, y = 3.
        Assert.Equal([6, 6, 12, 12, 18, 18, 6, 6], Seen.Values(after));
        Assert.NotEqual(Seen.Values(before), Seen.Values(after));
        Assert.True(model.isNoDiff);
    }

    [Theory]
    [InlineData(Backends.Reference)]
    [InlineData(Backends.Torch)]
    public void A_parameter_in_reverse_mode_stays_in_it(string backend)
    {
        using IDisposable used = Backends.Use(backend);
        Linear model = Layers.Linear(3, 2);
        model.reverseDiff(null);
        uint tag = model.weight.nestingTag;
        model.Initialize(All.Weight(Const(0.5)).Bias(Zeros), seed: 1);
        Assert.True(model.weight.isReverseDiff);
        Assert.Equal(tag, model.weight.nestingTag);
        SquaredSum(model.forward(Make.Tensor(new[,] { { 1f, 2f, 3f } }))).reverse(null, null);
        Assert.Equal([6, 6, 12, 12, 18, 18], Seen.Values(model.weight.derivative));
        Assert.Equal([6, 6], Seen.Values(model.bias.derivative));
    }

    [Fact]
    public void A_parameter_in_forward_mode_is_refused_until_it_is_not()
    {
        Linear model = Layers.Linear(3, 2);
        ParameterDict tangents = model.parameters.copy();
        model.forwardDiff(tangents, null);
        double[] before = Seen.Values(model.weight);
        InitException refused = Assert.Throws<InitException>(() => model.Initialize(All.Weight(Const(0.5)), seed: 1));
        Assert.Equal("INIT005", Assert.Single(refused.Diagnostics, found => found.Severity == Severity.Error).Code);
        Assert.Contains("model.noDiff()", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, Seen.Values(model.weight));
        model.reverseDiff(new(model.weight.nestingTag + 1));
        Assert.Throws<InitException>(() => model.Initialize(All.Weight(Const(0.5)), seed: 1));

        model.noDiff();
        model.noDiff();
        model.Initialize(All.Weight(Const(0.5)), seed: 1);
        Assert.All(Seen.Values(model.weight), value => Assert.Equal(0.5, value));
    }

    [Fact]
    public void A_value_that_is_being_computed_forward_is_refused()
    {
        Linear model = Layers.Linear(3, 2);
        Tensor vector = model.parametersVector;
        InitException? refused = null;
        var initialize = FuncConvert.FromFunc<Tensor, Tensor>(parameters =>
        {
            model.parametersVector = parameters;
            refused = Assert.Throws<InitException>(() => model.Initialize(All.Weight(Ones), seed: 1));
            return parameters * parameters;
        });
        dsharp.jacobianv(initialize, vector, vector);
        Assert.Equal("INIT005", Assert.Single(refused!.Diagnostics, found => found.Severity == Severity.Error).Code);
    }

    [Fact]
    public void What_was_computed_at_an_inner_level_is_refused()
    {
        Linear model = Layers.Linear(2, 2);
        Parameter weight = model.parameters.First().Item2;
        weight.value = (weight.value.reverseDiff(null, new(1u)) * 2.0).reverseDiff(null, new(2u));
        InitException refused = Assert.Throws<InitException>(() => model.Initialize(All.Weight(Ones), seed: 1));
        Assert.Contains("model.asFunction", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nested_levels_are_kept()
    {
        Linear model = Layers.Linear(2, 2);
        Parameter weight = model.parameters.First().Item2;
        weight.value = weight.value.reverseDiff(null, new(1u)).reverseDiff(null, new(2u));
        model.Initialize(All.Weight(Ones), seed: 1);
        Assert.Equal((2, 2u, 1u), (weight.value.depth, weight.value.nestingTag, weight.value.primal.nestingTag));
    }

    [Fact]
    public void A_value_that_is_being_computed_is_refused()
    {
        Linear model = Layers.Linear(3, 2);
        InitException? refused = null;
        var initialize = FuncConvert.FromFunc<Tensor, Tensor>(parameters =>
        {
            model.parametersVector = parameters;
            refused = Assert.Throws<InitException>(() => model.Initialize(All.Weight(Ones), seed: 1));
            return SquaredSum(parameters);
        });
        Tensor vector = model.parametersVector;
        dsharp.grad(initialize, vector);
        Assert.Equal("INIT005", Assert.Single(refused!.Diagnostics, found => found.Severity == Severity.Error).Code);
        Assert.Contains("model.asFunction", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Backends.Reference)]
    [InlineData(Backends.Torch)]
    public void An_initialised_model_learns(string backend)
    {
        using IDisposable used = Backends.Use(backend);
        dsharp.seed(new(1));
        Model<Tensor, Tensor> model = Layers.Sequential(Layers.Linear(2, 8), Layers.Linear(8, 1));
        model.Initialize(When<Linear>().Weight(Kaiming).Bias(Zeros), seed: 3);
        Tensor inputs = Make.Tensor(new[,] { { 0f, 1f }, { 1f, 0f }, { 1f, 1f }, { -1f, 2f } });
        Tensor targets = Make.Tensor(new[,] { { 2f }, { 1f }, { 3f }, { 3f } });
        double first = 0, last = 0;
        for (int step = 0; step < 60; step++)
        {
            model.reverseDiff(null);
            Tensor loss = SquaredSum(model.forward(inputs) - targets);
            loss.reverse(null, null);
            last = loss.toDouble();
            first = step == 0 ? last : first;
            foreach (Tuple<string, Parameter> entry in model.parameters)
            {
                entry.Item2.value = entry.Item2.value.primal - (entry.Item2.value.derivative * 0.01);
            }
        }

        Assert.True(last < first / 100, $"{first} to {last}");
    }

    private static Tensor Gradient(Linear model, Tensor input)
    {
        var loss = FuncConvert.FromFunc<Tensor, Tensor>(parameters => SquaredSum(model.asFunction(parameters, input)));
        return dsharp.grad(loss, model.parametersVector);
    }

    private static Tensor SquaredSum(Tensor tensor) => (tensor * tensor).sum(null);
}
