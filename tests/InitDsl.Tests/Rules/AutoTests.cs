using static InitDsl.Tests.FakeTree;

namespace InitDsl.Tests;

public class AutoTests
{
    public static TheoryData<Activation, Init, string> Choices => new()
    {
        { Activation.ReLU, Kaiming, "Kaiming" },
        { Activation.LeakyReLU(0.2), Kaiming.For(Activation.LeakyReLU(0.2)), "Kaiming.For(Activation.LeakyReLU(0.2))" },
        { Activation.ReLU6, Kaiming.For(Activation.ReLU6), "Kaiming.For(Activation.ReLU6)" },
        { Activation.Tanh, Xavier, "Xavier" },
        { Activation.Sigmoid, Xavier, "Xavier" },
        { Activation.Hardsigmoid, Xavier, "Xavier" },
        { Activation.SELU, LeCunNormal, "LeCunNormal" },
        { Activation.Linear, LeCunNormal, "LeCunNormal" },
        { Activation.GELU, Kaiming.Gain(1.5335304412), "Kaiming.For(Activation.GELU)" },
        { Activation.SiLU, Kaiming.Gain(1.6765324703), "Kaiming.For(Activation.SiLU)" },
        { Activation.Mish, Kaiming.Gain(1.4868475813), "Kaiming.For(Activation.Mish)" },
        { Activation.Softplus(2), Kaiming.For(Activation.Softplus(2)), "Kaiming.For(Activation.Softplus(2))" },
    };

    [Theory]
    [MemberData(nameof(Choices), DisableDiscoveryEnumeration = true)]
    public void The_activation_that_follows_decides(Activation follows, Init same, string word)
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 30, 50, bias: false, then: follows));
        Law expected = Assert.Single(All.Weight(same).Compile(model).Steps).Law;
        foreach (Init init in (Init[])[Auto, Auto.For(follows)])
        {
            Plan plan = All.Weight(init).Compile(model);
            Law law = Assert.Single(plan.Steps).Law;
            Assert.Equal((expected.GetType(), expected.Max), (law.GetType(), law.Max));
            Assert.Equal(expected.Std, law.Std, 1e-10);
            Assert.Empty(plan.Diagnostics);
            Assert.Contains($"{follows.Name}{(init == Auto ? "" : ", as told")}: {word}", plan.Explain(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_cannot_be_seen_is_said_once_and_gets_the_linear_gain()
    {
        TestModel model = In("", [Linear("seen", then: Activation.ReLU), .. Enumerable.Range(0, 6).Select(i => Linear($"fc{i}"))]).Model();
        Plan plan = All.Weight(Auto).Compile(model);
        Assert.All(plan.Steps.Skip(1), step => Assert.Equal(0.5, step.Law.Std));
        Assert.Equal(
            "INIT202 info: Auto sees no activation after these 6 layers and takes the linear gain, 1: fc0.weight, fc1.weight, fc2.weight, fc3.weight, …. "
            + "What forward does cannot be read: where one follows, write it, as Auto.For(Activation.ReLU).",
            Assert.Single(plan.Diagnostics).ToString());
        Assert.Equal(
            """
            TestModel: 7 parameters, 112 values; seed 42

            parameter    shape   rule  fan in → out  law                  auto                       mean     std  min  max
            ───────────  ──────  ────  ────────────  ───────────────────  ─────────────────────────  ────  ──────  ───  ───
            seen.weight  [4, 4]  #1    4 → 4         Normal(0, 0.707107)  ReLU: Kaiming                 0  0.7071   -∞    ∞
            fc0.weight   [4, 4]  #1    4 → 4         Normal(0, 0.5)       nothing seen: LeCunNormal     0     0.5   -∞    ∞
            """.ReplaceLineEndings(),
            string.Join(Environment.NewLine, plan.Explain().ReplaceLineEndings("\n").Split('\n')[..6]));
        Assert.Contains("after this layer and", Assert.Single(Named("fc3").Weight(Auto).Compile(model).Diagnostics, d => d.Code == "INIT202").Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Named("fc3").Weight(Auto.For(Activation.Tanh)).Compile(model).Diagnostics, d => d.Code == "INIT202");
        Assert.DoesNotContain((All.Weight(Auto) + All.Weight(Ones)).Compile(model).Diagnostics, d => d.Code == "INIT202");
    }

    [Fact]
    public void A_normalization_in_between_is_passed_over()
    {
        TestModel model = In("", Linear("a", then: Activation.ReLU, norm: true), Linear("b", norm: true)).Model();
        Plan plan = All.Weight(Auto).Compile(model);
        Assert.Equal([Math.Sqrt(0.5), 0.5], plan.Steps.Select(step => step.Law.Std));
        Assert.Empty(plan.Diagnostics);
        Assert.Contains("a norm, ReLU: Kaiming", plan.Explain(), StringComparison.Ordinal);
        Assert.Contains("a norm: LeCunNormal", plan.Explain(), StringComparison.Ordinal);

        // And no gain is wrong there.
        Assert.Empty(All.Weight(Xavier).Compile(model).Diagnostics);
    }

    [Fact]
    public void Biases_are_zero_norms_one_and_gates_Xavier()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 4, 3, then: Activation.ReLU), TestModel.Norm("norm", 4), TestModel.Lstm("rnn", 5, 7));
        Plan plan = All.Weight(Auto).Bias(Auto).Compile(model);
        Dictionary<string, Law> laws = plan.Steps.ToDictionary(step => step.Path, step => step.Law);
        Assert.Equal(new ConstantLaw(0), laws["fc.bias"]);
        Assert.Equal(new ConstantLaw(1), laws["norm.weight"]);
        Assert.Equal(new ConstantLaw(0), laws["norm.bias"]);
        Assert.Equal(Math.Sqrt(6.0 / (5 + 7)), laws["rnn.weight_ih_l0"].Max, 1e-15);
        Assert.Equal(Math.Sqrt(6.0 / (7 + 7)), laws["rnn.weight_hh_l0"].Max, 1e-15);
        Assert.Contains("gates: Xavier", plan.Explain(), StringComparison.Ordinal);
        Assert.Empty(plan.Diagnostics);
        Assert.Equal(Math.Sqrt(2.0 / 5), All.Weight(Auto.For(Activation.ReLU)).Compile(model).Steps.Single(step => step.Path == "rnn.weight_ih_l0").Law.Std, 1e-15);
    }

    [Fact]
    public void Where_it_means_nothing_it_is_refused()
    {
        InitException refused = Compiling.Refused(
            All.Param("*", Auto), new TestModel([.. TestModel.Embedding("emb", 9, 4), TestModel.Tensor(new(5), path: "scale")]));
        Assert.Equal(
            """
            2 errors; nothing was changed.
              INIT001 emb.weight [9, 4] of FakeEmbedding: Auto keeps the variance of a layer's inputs, and an embedding has none: it looks vectors up. Rule: All.Param("*", Auto). Write Normal(std: …), or TorchDefault, which is Normal(0, 1).
              INIT001 scale [5] of FakeLinear: Auto needs a fan-in, and this parameter has none. Rule: All.Param("*", Auto). Write its law out, as Ones or Normal(std: 0.02).
            """.ReplaceLineEndings(),
            refused.Message);

        // A parameter of one dimension has no fan-in, whatever its layer has; nor has a matrix of a layer without fans.
        Assert.All(
            (MemoryStore[])[TestModel.Linear("fc", 4, 3)[1], TestModel.Imaginary(new(4, 3), "w")],
            store => Assert.Contains("this parameter has none.", Compiling.Refused(All.Param("*", Auto), new(WithRole(store, ParamRole.Other))).Message, StringComparison.Ordinal));
        Assert.Throws<InvalidOperationException>(() => Auto.FanOut());
        Assert.Throws<ArgumentNullException>(() => Auto.For(null!));
    }

    [Fact]
    public void What_has_fans_is_filled_by_them_and_one_gate_is_none()
    {
        Law LawOf(MemoryStore store) => Assert.Single(All.Param("*", Auto).Compile(new(store)).Steps).Law;
        Assert.Equal(new NormalLaw(0, 1 / Math.Sqrt(27)), LawOf(TestModel.Conv("conv", new(8, 3, 3, 3), bias: false)[0]));
        Assert.Equal(new NormalLaw(0, 1 / Math.Sqrt(3)), LawOf(WithRole(TestModel.Linear("fc", 4, 3)[0], ParamRole.Bias)));

        var slope = new MemoryStore(new() { ModulePath = "act", Name = "weight", ModuleType = typeof(FakeNorm), Kind = LayerKind.PReLU, Role = ParamRole.Weight, Shape = new(1), PReLUInit = 0.5 });
        Assert.Equal(new ConstantLaw(0.5), LawOf(slope));

        MemoryStore Recurrent(int blocks) => new(new()
        {
            ModulePath = "rnn", Name = "weight_hh_l0", ModuleType = typeof(FakeLstm), Kind = LayerKind.Recurrent, Role = ParamRole.Weight, Shape = new(4 * blocks, 4),
            Blocks = blocks, LayerFans = FanAxes.Stacked(blocks).Count(new(4 * blocks, 4)), FollowedBy = Activation.ReLU,
        });
        Assert.Equal(new NormalLaw(0, Math.Sqrt(0.5)), LawOf(Recurrent(1)));
        Assert.IsType<UniformLaw>(LawOf(Recurrent(3)));
    }

    [Fact]
    public void It_composes_with_other_initializers()
    {
        TestModel model = In("", Linear("fc", then: Activation.ReLU), Linear("out")).Model();
        Plan plan = All.Weight(From(_ => Auto.Scale(0.5))).Compile(model);
        Assert.Equal([Math.Sqrt(0.5) / 2, 0.25], plan.Steps.Select(step => step.Law.Std));
        Assert.Equal("INIT202", Assert.Single(plan.Diagnostics).Code);
        Assert.Equal("Auto.For(Activation.GELU).Scale(0.5)", Auto.Scale(0.5).For(Activation.GELU).ToString());
    }

    [Fact]
    public void Who_is_told_another_activation_than_the_one_that_follows_is_warned()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 8, 8, bias: false, then: Activation.SiLU));
        Assert.Equal(
            "INIT104 warning: fc.weight [8, 8] of FakeLinear: SiLU follows, whose gain is 1.67653, but the weights have gain 1.41421: the variance is "
            + "multiplied by 0.711551 at this layer. Rule: All.Weight(Auto.For(Activation.ReLU)). Write Kaiming.For(Activation.SiLU).",
            Assert.Single(All.Weight(Auto.For(Activation.ReLU)).Compile(model).Diagnostics).ToString());

        // As good as the same.
        Assert.Empty(All.Weight(Auto.For(Activation.ReLU)).Compile(TestModel.Of(TestModel.Linear("fc", 8, 8, false, Activation.ReLU6))).Diagnostics);
    }

    [Fact]
    public void A_function_of_ones_own_is_itself_whatever_its_name()
    {
        var model = TestModel.Of(TestModel.Linear("fc", 64, 64));
        foreach (string name in (string[])["Tanh", "SELU", "ReLU", "Linear"])
        {
            var own = Activation.Of(name, x => 10 * x);
            Law law = All.Weight(Auto.For(own)).Compile(model).Steps[0].Law;
            Assert.Equal(new NormalLaw(0, own.Gain / 8), law);
        }
    }

    private static MemoryStore WithRole(MemoryStore store, ParamRole role)
    {
        ParamSpec spec = store.Spec;
        return new(new()
        {
            ModulePath = spec.ModulePath, Name = spec.Name, ModuleType = spec.ModuleType, Kind = spec.Kind, Role = role, Shape = spec.Shape, LayerFans = spec.LayerFans, TorchFans = spec.TorchFans,
        });
    }
}
