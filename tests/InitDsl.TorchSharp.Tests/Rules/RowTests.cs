namespace InitDsl.Tests;

/// <summary>Rows of TorchSharp's own layers: those that PyTorch's layout gives the words their meaning for.</summary>
public class RowTests
{
    [Fact]
    public void The_forget_gate_of_every_layer_and_direction_starts_with_the_bias_asked_for()
    {
        using LSTM rnn = LSTM(3, 4, 2, bidirectional: true);
        rnn.Initialize(When<LSTM>().Bias(Zeros) + When<LSTM>().Gate(Gate.Forget).Bias(Ones), seed: 1);
        foreach ((string name, Parameter parameter) in rnn.named_parameters().Where(parameter => parameter.name.StartsWith("bias", StringComparison.Ordinal)))
        {
            double[] expected = [.. Enumerable.Range(0, 16).Select(i => name.StartsWith("bias_ih", StringComparison.Ordinal) && i is >= 4 and < 8 ? 1.0 : 0)];
            Assert.Equal(expected, parameter.Doubles());
        }

        using LSTMCell cell = LSTMCell(3, 4);
        cell.Initialize(When<LSTMCell>().Bias(Zeros) + When<LSTMCell>().Gate(Gate.Forget).Bias(Ones), seed: 1);
        Assert.Equal(4, cell.bias_ih!.Doubles().Sum() + cell.bias_hh!.Doubles().Sum());
    }

    /// <summary>With no input but the bias, an LSTM forgets σ(b) of its memory: what it computes shows which gate is which.</summary>
    [Fact]
    public void An_LSTM_computes_with_the_gates_that_are_named()
    {
        using LSTMCell cell = LSTMCell(1, 1);
        cell.Initialize(
            All.Param("*", Zeros) + All.Gate(Gate.Forget).Bias(Const(2)) + All.Gate(Gate.Input).Bias(Const(-3))
            + All.Gate(Gate.Cell).Bias(Const(0.5)) + All.Gate(Gate.Output).Bias(Const(4)),
            seed: 1);
        using Tensor x = zeros(1, 1);
        using Tensor h = zeros(1, 1);
        using Tensor c = ones(1, 1);
        (Tensor h1, Tensor c1) = cell.call(x, (h, c));
        double memory = Sigmoid(2) + (Sigmoid(-3) * Math.Tanh(0.5));
        Assert.Equal(memory, c1.item<float>(), 1e-6);
        Assert.Equal(Sigmoid(4) * Math.Tanh(memory), h1.item<float>(), 1e-6);
    }

    [Fact]
    public void A_GRU_computes_with_the_gates_that_are_named()
    {
        using GRUCell cell = GRUCell(1, 1);
        cell.Initialize(
            All.Param("*", Zeros) + All.Gate(Gate.Update).Bias(Const(1.5)) + All.Gate(Gate.Reset).Bias(Const(-1)) + All.Gate(Gate.New).Bias(Const(0.7))
            + All.Gate(Gate.New).Param("weight_hh*", Const(2)),
            seed: 1);
        using Tensor x = zeros(1, 1);
        using Tensor h = full([1, 1], 0.25f);
        double candidate = Math.Tanh(0.7 + (Sigmoid(-1) * 2 * 0.25));
        Assert.Equal((Sigmoid(1.5) * 0.25) + ((1 - Sigmoid(1.5)) * candidate), cell.call(x, h).item<float>(), 1e-6);
    }

    [Fact]
    public void Packed_and_separate_projections_are_addressed_alike()
    {
        using var packed = MultiheadAttention(6, 2);
        using var separate = MultiheadAttention(6, 2, kdim: 5, vdim: 4);
        RuleSet rules = All.Param("*", Zeros) + When<MultiheadAttention>().Qkv(Qkv.Q | Qkv.V).Weight(Ones).Bias(Const(2));
        packed.Initialize(rules, seed: 1);
        separate.Initialize(rules, seed: 1);
        double[] rows = [.. Enumerable.Range(0, 18).Select(row => row is >= 6 and < 12 ? 0.0 : 1)];
        Assert.Equal(rows.SelectMany(row => Enumerable.Repeat(row, 6)), packed.get_parameter("in_proj_weight")!.Doubles());
        Assert.Equal(rows.Select(row => 2 * row), packed.get_parameter("in_proj_bias")!.Doubles());
        Assert.Equal((1.0, 0.0, 1.0), (separate.get_parameter("q_proj_weight")!.Doubles().Average(), separate.get_parameter("k_proj_weight")!.Doubles().Average(), separate.get_parameter("v_proj_weight")!.Doubles().Average()));
        Assert.Equal(rows.Select(row => 2 * row), separate.get_parameter("in_proj_bias")!.Doubles());
        Assert.All(["out_proj.weight", "out_proj.bias"], name => Assert.Equal(0, packed.get_parameter(name)!.Doubles().Sum()));

        using TransformerEncoder encoder = TransformerEncoder(TransformerEncoderLayer(6, 2, 8), 2);
        Plan plan = When<TransformerEncoder>().Qkv(Qkv.K).Weight(Xavier).Compile(encoder, seed: 1);
        Assert.Equal(["layers.0.self_attn.in_proj_weight", "layers.1.self_attn.in_proj_weight"], plan.Steps.Select(step => step.Path));
        Assert.All(plan.Steps, step => Assert.Equal((6L, 12L, 6.0, 6.0), (step.Slices[0].First, step.Slices[0].End, step.Slices[0].FanIn, step.Slices[0].FanOut)));
    }

    /// <summary>Only one group is not zero: only its inputs reach the output, at its channels.</summary>
    [Fact]
    public void A_group_of_a_convolution_is_the_one_it_computes()
    {
        foreach (nn.Module<Tensor, Tensor> layer in (nn.Module<Tensor, Tensor>[])[Conv2d(6, 9, 1, groups: 3, bias: false), ConvTranspose2d(6, 9, 1, groups: 3, bias: false)])
        {
            using nn.Module<Tensor, Tensor> convolution = layer;
            convolution.Initialize(All.Weight(Zeros) + All.Group(1).Weight(Ones), seed: 1);
            using Tensor x = ones(1, 6, 1, 1);
            Assert.Equal([0, 0, 0, 2, 2, 2, 0, 0, 0], convolution.call(x).Doubles());
        }

        using Conv2d biased = Conv2d(6, 9, 1, groups: 3);
        biased.Initialize(All.Bias(Zeros) + When<Conv2d>().Group(2).Bias(Ones), seed: 1);
        Assert.Equal([0, 0, 0, 0, 0, 0, 1, 1, 1], biased.bias!.Doubles());
        Assert.Equal(new FanCount(2, 3), When<Conv2d>().Group(2).Weight(Kaiming).Compile(biased, seed: 1).Steps[0].Slices[0] is var slice ? new(slice.FanIn!.Value, slice.FanOut!.Value) : default);
    }

    public static TheoryData<ScalarType, bool> Memories => new(
        from type in new[] { ScalarType.Float32, ScalarType.Float64, ScalarType.BFloat16, ScalarType.Float16, ScalarType.ComplexFloat32, ScalarType.Int64 }
        from transposed in new[] { false, true }
        select (type, transposed));

    [Theory]
    [MemberData(nameof(Memories))]
    public void Rows_that_no_rule_is_about_keep_their_bits_in_any_memory(ScalarType type, bool transposed)
    {
        using Tensor memory = transposed ? empty(7, 11, dtype: type).t() : empty(11, 7, dtype: type);
        using (no_grad())
        {
            memory.copy_(arange(77, dtype: ScalarType.Float32).reshape(11, 7));
        }

        byte[] before = memory.Bytes();
        var model = new Holder(memory);
        Init init = type == ScalarType.Int64 ? Const(-5) : Normal();
        Plan plan = (When<Holder>().Rows(2..5).Param("w", init) + When<Holder>().Rows(^1..).Param("w", Const(-3))).Compile(model, seed: 3);
        plan.Apply();
        byte[] after = model.w.Bytes();
        int row = before.Length / 11;
        Assert.Equal(before[..(2 * row)], after[..(2 * row)]);
        Assert.Equal(before[(5 * row)..(10 * row)], after[(5 * row)..(10 * row)]);
        Assert.NotEqual(before[(2 * row)..(5 * row)], after[(2 * row)..(5 * row)]);
        Assert.Equal(type == ScalarType.ComplexFloat32 ? [-3, 0] : [-3], model.w.Doubles()[^(type == ScalarType.ComplexFloat32 ? 2 : 1)..]);
        Assert.True(plan.Verify().Passed);
        model.apply(plan.Visitor());
        Assert.Equal(after, model.w.Bytes());
    }

    [Theory]
    [MemberData(nameof(Memories))]
    public void Rows_that_are_kept_keep_their_bits_and_change_no_others(ScalarType type, bool transposed)
    {
        Tensor Memory()
        {
            Tensor memory = transposed ? empty(7, 11, dtype: type).t() : empty(11, 7, dtype: type);
            using (no_grad())
            {
                return memory.copy_(arange(77, dtype: ScalarType.Float32).reshape(11, 7));
            }
        }

        using var kept = new Holder(Memory());
        using var whole = new Holder(Memory());
        byte[] before = kept.w.Bytes();
        Rule rule = When<Holder>().Param("w", type == ScalarType.Int64 ? Const(-5) : Normal());
        whole.Initialize(rule, seed: 3);
        Plan plan = (rule + When<Holder>().Rows(4..9).Keep()).Compile(kept, seed: 3);
        plan.Apply();
        byte[] after = kept.w.Bytes();
        int row = before.Length / 11;
        Assert.Equal(before[(4 * row)..(9 * row)], after[(4 * row)..(9 * row)]);
        Assert.Equal(whole.w.Bytes()[..(4 * row)], after[..(4 * row)]);
        Assert.Equal(whole.w.Bytes()[(9 * row)..], after[(9 * row)..]);
        Assert.True(plan.Verify().Passed);
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float16)]
    public void Chrono_opens_input_gates_as_far_as_it_closes_forget_gates(ScalarType type)
    {
        using LSTM rnn = LSTM(3, 16, 2, bidirectional: true, dtype: type);
        rnn.Initialize(When<LSTM>().Weight(Xavier).Bias(Chrono(50)), seed: 1);
        foreach ((string name, Parameter parameter) in rnn.named_parameters().Where(parameter => parameter.name.StartsWith("bias", StringComparison.Ordinal)))
        {
            double[] bias = parameter.Doubles();
            if (name.StartsWith("bias_ih", StringComparison.Ordinal))
            {
                Assert.Equal(bias[16..32].Select(value => -value), bias[..16]);
                Assert.All(bias[16..32], value => Assert.InRange(value, 0, Math.Log(49) * 1.004));
                Assert.True(bias[16..32].Distinct().Count() > 8);
                bias = bias[32..];
            }

            Assert.All(bias, value => Assert.Equal(0, value));
        }
    }

    [Fact]
    public void New_tokens_of_a_pretrained_table()
    {
        using Embedding table = Embedding(20, 4);
        double[] before = table.weight!.Doubles();
        table.Initialize(When<Embedding>().Rows(^3..).Weight(Normal(std: 0.02)), seed: 1);
        double[] after = table.weight!.Doubles();
        Assert.Equal(before[..68], after[..68]);
        Assert.All(after[68..], value => Assert.InRange(Math.Abs(value), 1e-9, 0.2));
    }

    [Fact]
    public void In_PyTorchs_mode_constant_rows_lie_over_what_it_draws_and_others_are_refused()
    {
        using var model = new Holder(zeros(6, 3));
        manual_seed(7);
        using Tensor expected = empty(6, 3).normal_(0, 0.5);
        expected[TensorIndex.Slice(2, 4)] = ones(2, 3);
        model.Initialize(When<Holder>().Param("w", Normal(std: 0.5)) + When<Holder>().Rows(2..4).Param("w", Ones), RandomSource.Torch(7));
        Assert.Equal(expected.Bytes(), model.w.Bytes());
        model.Initialize(When<Holder>().Rows(0..1).Param("w", Zeros), RandomSource.Torch(7));
        Assert.Equal(expected.Doubles()[3..], model.w.Doubles()[3..]);

        foreach (Rule refused in (Rule[])[When<Holder>().Rows(2..4).Param("w", Normal()), When<Holder>().Rows(2..4).Keep()])
        {
            InitException thrown = Assert.Throws<InitException>(() => (When<Holder>().Param("w", Normal()) + refused).Compile(model, RandomSource.Torch(7)));
            Assert.StartsWith("INIT008 error: w [6, 3] of Holder: PyTorch draws a whole parameter", thrown.Diagnostics[0].ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_deferred_model_takes_rows_over_a_rule_for_the_whole()
    {
        RuleSet rules = When<Linear>().Weight(Kaiming).Bias(Zeros) + When<Linear>().Block(3, 1).Weight(Orthogonal()).Bias(Ones);
        using Linear ordinary = Linear(8, 24);
        using Linear deferred = Deferred.Build(() => Linear(8, 24));
        ordinary.Initialize(rules, seed: 5);
        deferred.Initialize(rules, seed: 5);
        Assert.Equal(ordinary.weight.Bytes(), deferred.weight.Bytes());
        Assert.Equal(ordinary.bias!.Bytes(), deferred.bias!.Bytes());
        using Linear without = Deferred.Build(() => Linear(8, 24));
        Assert.Contains("INIT010", Assert.Throws<InitException>(() => without.Initialize(When<Linear>().Rows(0..8).Weight(Ones), seed: 1)).Message, StringComparison.Ordinal);
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private sealed class Holder : nn.Module
    {
        internal readonly Parameter w;

        internal Holder(Tensor tensor)
            : base("Holder")
        {
            w = new Parameter(tensor, requires_grad: false);
            register_parameter("w", w);
        }
    }
}
