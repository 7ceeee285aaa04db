namespace InitDsl.Tests;

/// <summary>Tensors that cannot be written are found when a plan is compiled; changes since then, when it is applied.</summary>
public class RefusalTests
{
    private static readonly RuleSet Everything = All.Param("*", Ones);

    [Fact]
    public void The_meta_device_has_no_memory()
    {
        using Linear layer = Linear(3, 2, device: META);
        Refused(layer, "it is on the meta device and has no memory");
    }

    [Fact]
    public void Lazily_conjugated_and_negated_views_are_refused()
    {
        using Tensor complex = zeros(3, dtype: ScalarType.ComplexFloat32);
        using var conjugated = new Holder(("p", new Parameter(complex.conj(), requires_grad: false)));
        Refused(conjugated, "it is a lazily conjugated or negated view");
        using var negated = new Holder(("p", new Parameter(complex.conj().imag, requires_grad: false)));
        Refused(negated, "it is a lazily conjugated or negated view");
    }

    [Fact]
    public void A_parameter_made_in_inference_mode_can_be_written_there_only()
    {
        Parameter parameter;
        Parameter integers;
        using (inference_mode())
        {
            parameter = Parameter(zeros(3));
            integers = Parameter(zeros(3, dtype: ScalarType.Int8), requires_grad: false);
        }

        using var model = new Holder(("p", parameter));
        using var whole = new Holder(("p", integers));
        Refused(model, "it was created in inference mode and can be written there only");
        Refused(whole, "it was created in inference mode and can be written there only");
        using (inference_mode())
        {
            model.Initialize(Everything, seed: 1);
        }

        Assert.Equal([1, 1, 1], parameter.Doubles());
    }

    [Fact]
    public void An_ordinary_parameter_can_be_written_in_inference_mode_and_without_gradients()
    {
        using Linear layer = Linear(3, 2);
        using (inference_mode())
        {
            layer.Initialize(When<Linear>().Weight(Const(2)).Bias(Ones), seed: 1);
        }

        Assert.All(layer.weight.Doubles(), value => Assert.Equal(2, value));
        using (no_grad())
        {
            layer.Initialize(When<Linear>().Weight(Const(3)).Bias(Ones), seed: 1);
        }

        Assert.All(layer.weight.Doubles(), value => Assert.Equal(3, value));
        Assert.True(layer.weight.requires_grad);
    }

    [Fact]
    public void Sparse_and_quantized_tensors_are_refused()
    {
        using Tensor dense = eye(3);
        using var sparse = new Holder(("p", new Parameter(dense.to_sparse(), requires_grad: false)));
        Refused(sparse, "it is a sparse tensor");
        using var quantized = new Holder(("p", new Parameter(quantize_per_tensor(dense, 0.1, 0, ScalarType.QInt8), requires_grad: false)));
        Refused(quantized, "its dtype is QInt8");
    }

    [Fact]
    public void A_refused_parameter_that_no_rule_covers_is_left_alone()
    {
        using Linear layer = Linear(3, 2, device: META);
        Assert.Empty(RuleSet.Empty.Compile(layer, seed: 1).Steps);
        Assert.Empty(When<Linear>().Keep().Compile(layer, seed: 1).Steps);
    }

    [Fact]
    public void A_disposed_parameter_is_found_before_anything_is_written()
    {
        using var model = new Holder(("a", Parameter(zeros(2))), ("b", Parameter(zeros(2))));
        Plan plan = Everything.Compile(model, seed: 1);
        model.get_parameter("b")!.Dispose();
        InitException refused = Assert.Throws<InitException>(() => plan.Apply());
        Assert.Contains("b [2] of Holder: its tensor has been disposed", refused.Message, StringComparison.Ordinal);
        Assert.Equal([0, 0], model.get_parameter("a")!.Doubles());
    }

    [Fact]
    public void A_module_that_got_another_parameter_is_found()
    {
        using Linear linear = Linear(2, 2);
        Plan plan = Everything.Compile(linear, seed: 1);
        linear.weight = Parameter(zeros(2, 2));
        Assert.Contains("its tensor has been disposed", Assert.Throws<InitException>(() => plan.Apply()).Message, StringComparison.Ordinal);

        // The old table stays alive here, and would be written in vain.
        using Embedding table = Embedding(2, 2);
        plan = Everything.Compile(table, seed: 1);
        Parameter replacement = Parameter(zeros(2, 2));
        table.weight = replacement;
        Assert.Contains("holds another parameter by this name", Assert.Throws<InitException>(() => plan.Apply()).Message, StringComparison.Ordinal);

        using var list = new ParameterList(Parameter(zeros(2)));
        plan = Everything.Compile(list, seed: 1);
        list[0] = Parameter(zeros(2));
        Assert.Contains("holds another parameter by this name", Assert.Throws<InitException>(() => plan.Apply()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_moved_or_converted_model_needs_a_new_plan()
    {
        using Linear linear = Linear(2, 2);
        Plan plan = Everything.Compile(linear, seed: 1);
        linear.to(ScalarType.Float64);
        Assert.Throws<InitException>(() => plan.Apply());

        using var model = new Holder(("p", Parameter(zeros(4), requires_grad: false)));
        plan = Everything.Compile(model, seed: 1);
        Parameter parameter = model.get_parameter("p")!;
        using Tensor grown = parameter.zeros(1000);
        Assert.Contains("its shape, dtype or memory has changed", Assert.Throws<InitException>(() => plan.Apply()).Message, StringComparison.Ordinal);
    }

    private static void Refused(nn.Module model, string why)
    {
        InitException refused = Assert.Throws<InitException>(() => Everything.Compile(model, seed: 1));
        Diagnostic found = Assert.Single(
            refused.Diagnostics.Where(diagnostic => diagnostic.Severity == Severity.Error).DistinctBy(diagnostic => diagnostic.Code));
        Assert.Equal("INIT005", found.Code);
        Assert.Contains(why, found.Message, StringComparison.Ordinal);
    }
}
