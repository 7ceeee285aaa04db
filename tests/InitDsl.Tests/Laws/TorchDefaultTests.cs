namespace InitDsl.Tests;

public class TorchDefaultTests
{
    [Fact]
    public void Linear_and_convolutions_are_uniform_by_PyTorchs_fan_in()
    {
        Plan plan = All.Param("*", TorchDefault).Compile(TestModel.Of(
            TestModel.Linear("fc", 5, 12),
            TestModel.Conv("conv", new(8, 3, 2, 2), groups: 2),
            TestModel.ConvTranspose("up", new(8, 3, 2, 2), groups: 1, stride: 4)));
        Assert.All(plan.Steps, step => Assert.IsType<UniformLaw>(step.Law));
        Assert.All(plan.Steps, step => Assert.Equal(1 / Math.Sqrt(12), step.Law.Max, 1e-12));
    }

    [Fact]
    public void Recurrent_layers_are_uniform_by_their_hidden_size()
    {
        Plan plan = All.Param("*", TorchDefault).Compile(TestModel.Of(TestModel.Lstm("rnn", 7, 16)));
        Assert.Equal(4, plan.Steps.Count);
        Assert.All(plan.Steps, step => Assert.Equal(new UniformLaw(-0.25, 0.25), step.Law));
    }

    [Fact]
    public void Norms_start_at_one_and_zero_even_where_the_constructor_forgot()
    {
        TestModel model = TestModel.Of(TestModel.Norm("a", 3), TestModel.GroupNorm("b", 3));
        model.Initialize(All.Param("*", TorchDefault));
        Assert.All((string[])["a.weight", "b.weight"], path => Assert.Equal([1f, 1f, 1f], model[path].Floats));
        Assert.All((string[])["a.bias", "b.bias"], path => Assert.Equal([0f, 0f, 0f], model[path].Floats));
    }

    [Fact]
    public void Embeddings_are_standard_normal_and_their_padding_row_is_zero()
    {
        TestModel model = TestModel.Of(TestModel.Embedding("plain", 50, 8), TestModel.Embedding("padded", 50, 8, padding: 3));
        Plan plan = All.Param("*", TorchDefault).Compile(model);
        plan.Apply();
        Assert.True(plan.Verify().Passed, plan.Verify().ToString());
        float[] padded = model["padded.weight"].Floats;
        Assert.All(padded[24..32], value => Assert.Equal(0, value));
        Assert.DoesNotContain(0f, padded[..24]);
        Assert.DoesNotContain(0f, padded[32..]);
        Assert.DoesNotContain(0f, model["plain.weight"].Floats);
        Assert.Equal(Math.Sqrt(49.0 / 50), plan.Steps[1].Law.Std, 1e-12);
    }

    [Fact]
    public void Attention_is_Xavier_on_its_inputs_and_linear_on_its_output()
    {
        MemoryStore Make(string name, LayerKind kind, ParamRole role, params long[] sizes) => new(new()
        {
            ModulePath = name.StartsWith("out", StringComparison.Ordinal) ? "attn.out_proj" : "attn",
            InnerPath = name.StartsWith("out", StringComparison.Ordinal) ? "out_proj" : "",
            Name = name.Split('.')[^1],
            ModuleType = typeof(FakeModule),
            Kind = kind,
            Role = role,
            Shape = new(sizes),
            TorchFans = sizes.Length == 1 ? null : new FanCount(sizes[1] * (sizes.Length == 3 ? sizes[2] : 1), sizes[0] * (sizes.Length == 3 ? sizes[2] : 1)),
        });
        Plan plan = All.Param("*", TorchDefault).Compile(new TestModel(
            Make("in_proj_weight", LayerKind.Attention, ParamRole.Weight, 24, 8),
            Make("in_proj_bias", LayerKind.Attention, ParamRole.Bias, 24),
            Make("bias_k", LayerKind.Attention, ParamRole.Bias, 1, 1, 8),
            Make("out_proj.weight", LayerKind.AttentionOutput, ParamRole.Weight, 8, 8),
            Make("out_proj.bias", LayerKind.AttentionOutput, ParamRole.Bias, 8)));
        Assert.Equal(Math.Sqrt(6.0 / 32), plan.Steps[0].Law.Max, 1e-12);
        Assert.Equal(new ConstantLaw(0), plan.Steps[1].Law);
        Assert.Equal(new NormalLaw(0, Math.Sqrt(2.0 / 16)), plan.Steps[2].Law);
        Assert.Equal(1 / Math.Sqrt(8), plan.Steps[3].Law.Max, 1e-12);
        Assert.Equal(new ConstantLaw(0), plan.Steps[4].Law);
    }

    [Fact]
    public void Bilinear_PReLU_and_matrices_in_a_Transformer_have_their_own_defaults()
    {
        ParamSpec Of(string name, LayerKind kind, ParamRole role, Shape shape, bool transformer = false) => new()
        {
            ModulePath = "m", Name = name, ModuleType = typeof(FakeModule), Kind = kind, Role = role, Shape = shape, BilinearIn1 = 16,
            PReLUInit = 0.1, InTransformer = transformer, TorchFans = shape.Rank < 2 ? null : new FanCount(shape[1], shape[0]),
        };
        Plan plan = All.Param("*", TorchDefault).Compile(new TestModel(
            new MemoryStore(Of("weight", LayerKind.Bilinear, ParamRole.Weight, new(2, 16, 3))),
            new MemoryStore(Of("bias", LayerKind.Bilinear, ParamRole.Bias, new(2))),
            new MemoryStore(Of("slopes", LayerKind.PReLU, ParamRole.Weight, new(4))),
            new MemoryStore(Of("linear1", LayerKind.Linear, ParamRole.Weight, new(6, 18), transformer: true))));
        Assert.Equal([new UniformLaw(-0.25, 0.25), new UniformLaw(-0.25, 0.25), new ConstantLaw(0.1)], plan.Steps.Take(3).Select(step => step.Law));
        Assert.Equal(0.5, plan.Steps[3].Law.Max, 1e-12);
    }

    [Fact]
    public void A_parameter_of_the_users_own_has_no_default_and_is_refused()
    {
        ParamSpec alone = new() { ModulePath = "", Name = "w", Role = ParamRole.Weight, Shape = new(2, 2) };
        Assert.Contains(
            "a tensor on its own has no default. Rule: All.Weight(TorchDefault). Write its law out, as Normal(std: 0.02).",
            Compiling.Refused(All.Weight(TorchDefault), new(new MemoryStore(alone))).Message,
            StringComparison.Ordinal);
        InitException refused = Compiling.Refused(All.Param("*", TorchDefault), new TestModel(TestModel.Tensor(new(3))));
        Assert.Equal(
            """
            1 error; nothing was changed.
              INIT001 w [3] of FakeLinear: PyTorch has no default for w of FakeLinear. Rule: All.Param("*", TorchDefault). Write its law out, as Normal(std: 0.02).
            """,
            refused.Message);
    }
}
