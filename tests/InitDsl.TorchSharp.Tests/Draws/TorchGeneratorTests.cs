namespace InitDsl.Tests;

/// <summary>Torch mode against TorchSharp's own operations in this process: the same bits.</summary>
public class TorchGeneratorTests
{
    public static TheoryData<ScalarType> Types => new(ScalarType.Float32, ScalarType.Float64, ScalarType.BFloat16, ScalarType.Float16);

    [Theory]
    [MemberData(nameof(Types))]
    public void Element_wise_laws_are_libtorchs_own_operations(ScalarType type)
    {
        foreach ((long[] shape, bool transposed) in ((long[], bool)[])[([1, 1], false), ([3, 5], false), ([4, 4], false), ([17, 3], true), ([40, 25], false), ([40, 25], true), ([3, 2, 5, 5], true), ([2, 0], false)])
        {
            using Tensor expected = Make(shape, transposed, type);
            using Tensor actual = Make(shape, transposed, type);

            manual_seed(11);
            expected.uniform_(-0.2, 0.35);
            Same(expected, actual.Initialize(Uniform(-0.2, 0.35), RandomSource.Torch(11)));

            manual_seed(12);
            expected.normal_(0.5, 0.3);
            Same(expected, actual.Initialize(Normal(0.5, 0.3), RandomSource.Torch(12)));

            manual_seed(13);
            expected.uniform_((2 * Cdf(-2)) - 1, (2 * Cdf(1)) - 1);
            expected.erfinv_();
            expected.mul_(0.5 * Math.Sqrt(2));
            expected.add_(0.25);
            expected.clamp_(-0.75, 0.75);
            Same(expected, actual.Initialize(TruncNormal(0.25, 0.5, -0.75, 0.75), RandomSource.Torch(13)));
        }

        static double Cdf(double x)
        {
            using Tensor value = tensor(x / Math.Sqrt(2), dtype: ScalarType.Float64).erf();
            return (1 + value.item<double>()) / 2;
        }
    }

    [Fact]
    public void Equal_streams_are_equal_values_and_laws_that_differ_in_numbers_alone_move_no_stream()
    {
        Init[] firsts =
        [
            Zeros, Normal(), Normal(std: 0.02), Uniform(-1, 1), Kaiming, XavierUniform, TruncNormal(), Orthogonal(), Orthogonal(2), Sparse(0.5), Sparse(0.25), Eye,
        ];
        var plans = new List<(PlanRecord Record, byte[] Values)>();
        foreach (ScalarType dtype in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            foreach ((long inputs, long outputs) in new[] { (8L, 4L), (4L, 8L), (3L, 5L), (5L, 3L), (8L, 8L) })
            {
                foreach (Init first in firsts)
                {
                    using Linear one = Linear(inputs, outputs, hasBias: false);
                    using Sequential model = Sequential(("one", one.to(dtype)), ("two", Linear(5, 5, hasBias: false)));
                    Plan plan = (Named("one").Weight(first) + Named("two").Weight(Normal())).Compile(model, RandomSource.Torch(7));
                    plan.Apply();
                    plans.Add((plan.Record(), model.state_dict()["two.weight"].Bytes()));
                }
            }
        }

        foreach ((PlanRecord record, byte[] values) in plans)
        {
            foreach ((PlanRecord other, byte[] its) in plans)
            {
                bool same = record.Parameters[^1].Stream == other.Parameters[^1].Stream;
                Assert.True(!same || values.SequenceEqual(its));

                // Of other kinds, dtypes or sizes libtorch may take as many numbers by chance: for 15 normals as for 32.
                if (Kind(record) == Kind(other))
                {
                    Assert.True(same);
                }
            }
        }

        static (string, string, string) Kind(PlanRecord record) =>
            (record.Parameters[0].DType, record.Parameters[0].Shape, record.Parameters[0].Law!.Split('(')[0]);
    }

    [Fact]
    public void Complex_normals_are_drawn_as_libtorch_draws_them()
    {
        foreach (ScalarType type in (ScalarType[])[ScalarType.ComplexFloat32, ScalarType.ComplexFloat64])
        {
            foreach (double std in (double[])[1, 0.3, 0.02, 1.7])
            {
                using Tensor expected = zeros(7, 5, dtype: type);
                using Tensor actual = zeros(7, 5, dtype: type);
                manual_seed(3);
                expected.normal_(0.5, std);
                Same(expected, actual.Initialize(Normal(0.5, std), RandomSource.Torch(3)));
            }
        }
    }

    [Fact]
    public void Kaiming_and_Xavier_are_TorchSharps_where_those_are_right()
    {
        foreach (ScalarType type in (ScalarType[])[ScalarType.Float32, ScalarType.Float64])
        {
            using Tensor expected = empty(6, 4, 3, 3, dtype: type);
            using Tensor actual = empty(6, 4, 3, 3, dtype: type);
            manual_seed(5);
            init.xavier_uniform_(expected);
            Same(expected, actual.Initialize(XavierUniform, RandomSource.Torch(5)));

            manual_seed(6);
            init.kaiming_uniform_(expected, Math.Sqrt(5));
            Same(expected, actual.Initialize(KaimingUniform.For(Activation.LeakyReLU(Math.Sqrt(5))), RandomSource.Torch(6)));

            manual_seed(7);
            init.kaiming_normal_(expected, nonlinearity: init.NonlinearityType.ReLU);
            Same(expected, actual.Initialize(Kaiming, RandomSource.Torch(7)));

            // TorchSharp's xavier_normal_ is uniform; this one is normal.
            manual_seed(8);
            init.xavier_normal_(expected);
            actual.Initialize(XavierNormal, RandomSource.Torch(8));
            Assert.True(actual.Doubles().Max() > expected.Doubles().Max());
        }
    }

    [Fact]
    public void Torch_mode_counts_fans_as_PyTorch_does()
    {
        using ConvTranspose2d layer = ConvTranspose2d(8, 12, 3, groups: 4);
        Plan plan = When<ConvTranspose2d>().Weight(Kaiming).Bias(Zeros).Compile(layer, RandomSource.Torch(1));
        Assert.Equal((3.0 * 9, 8.0 * 9), (plan.Steps[0].FanIn, plan.Steps[0].FanOut));
        Assert.Equal(Math.Sqrt(2 / 27.0), plan.Steps[0].Law.Std, 1e-15);
    }

    [Fact]
    public void The_global_generator_is_neither_read_nor_moved()
    {
        using Sequential model = Sequential(("fc", Linear(5, 4)), ("conv", Conv2d(2, 4, 3)));
        RuleSet rules = When<Linear>().Weight(Sparse(0.4)).Bias(Normal()) + When<Conv2d>().Weight(Orthogonal()).Bias(TruncNormal());
        manual_seed(99);
        byte[] before = State();
        model.Initialize(rules, RandomSource.Torch(1));
        model.Initialize(rules, seed: 1);
        Assert.Equal(before, State());
        Dictionary<string, byte[]> first = model.State();
        manual_seed(1234);
        model.Initialize(rules, RandomSource.Torch(1));
        model.Initialize(rules, seed: 1);
        Assert.Equal(first, model.State());

        static byte[] State()
        {
            using Generator generator = Generator.Default;
            using Tensor state = generator.get_state();
            return state.Bytes();
        }
    }

    [Fact]
    public void Laws_without_randomness_draw_nothing()
    {
        using Sequential model = Sequential(("a", Linear(3, 3)), ("b", Linear(3, 3)));
        RuleSet rules = Named("a").Weight(Eye).Bias(Const(0.1)) + Named("b").Weight(Normal()).Bias(Zeros);
        model.Initialize(rules, RandomSource.Torch(4));
        Assert.Equal([1, 0, 0, 0, 1, 0, 0, 0, 1], model.get_parameter("a.weight")!.Doubles());
        using Tensor expected = empty(3, 3);
        manual_seed(4);
        expected.normal_();
        Assert.Equal(expected.Bytes(), model.get_parameter("b.weight")!.Bytes());
    }

    [Fact]
    public void Padding_is_drawn_and_then_zeroed_as_in_PyTorch()
    {
        using Embedding table = Embedding(6, 4, padding_idx: 2);
        table.Initialize(When<Embedding>().Weight(TorchDefault), RandomSource.Torch(8));
        using Tensor expected = empty(6, 4);
        manual_seed(8);
        expected.normal_();
        expected[2] = zeros(4);
        Assert.Equal(expected.Bytes(), table.get_parameter("weight")!.Bytes());
    }

    [Theory]
    [InlineData(5, 3)]
    [InlineData(3, 5)]
    [InlineData(4, 4)]
    [InlineData(1, 1)]
    public void Orthogonal_matrices_are_orthogonal_in_every_layout(long rows, long columns)
    {
        foreach (ScalarType type in (ScalarType[])[ScalarType.Float32, ScalarType.Float64])
        {
            using Tensor matrix = empty(columns, rows, dtype: type).t();
            matrix.Initialize(Orthogonal(2), RandomSource.Torch(1));
            using Tensor gram = rows < columns ? matrix.mm(matrix.t()) : matrix.t().mm(matrix);
            using Tensor difference = gram - (4 * eye(Math.Min(rows, columns), dtype: type));
            Assert.All(difference.Doubles(), value => Assert.Equal(0, value, 1e-5));
        }

        // TorchSharp's own throws on this.
        using Tensor kernel = empty(3, 3, 4, 6).permute(3, 2, 0, 1);
        kernel.Initialize(Orthogonal(), RandomSource.Torch(1));
        using Tensor plain = empty(6, 4, 3, 3);
        plain.Initialize(Orthogonal(), RandomSource.Torch(1));
        Assert.Equal(plain.Bytes(), kernel.Bytes());
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(3, 0)]
    [InlineData(0, 0)]
    public void An_empty_orthogonal_matrix_is_left_alone_where_TorchSharps_ends_the_process(long rows, long columns)
    {
        using Tensor none = empty(rows, columns);
        none.Initialize(Orthogonal(), RandomSource.Torch(1));
        none.Initialize(Orthogonal(), seed: 1);
        Assert.Equal(0, none.numel());
    }

    [Fact]
    public void Orthogonal_in_half_precision_is_refused_as_PyTorch_refuses_it()
    {
        using Tensor half = zeros(3, 3, dtype: ScalarType.BFloat16);
        InitException refused = Assert.Throws<InitException>(() => half.Initialize(Orthogonal(), RandomSource.Torch(1)));
        Assert.Contains("PyTorch's orthogonal_ has no BFloat16", refused.Message, StringComparison.Ordinal);
        half.Initialize(Orthogonal(), seed: 1);
    }

    [Fact]
    public void Sparse_columns_have_their_zeros()
    {
        using Tensor matrix = ones(20, 30);
        matrix.Initialize(Sparse(0.25, 0.1), RandomSource.Torch(1));
        for (int column = 0; column < 30; column++)
        {
            using Tensor values = matrix.select(1, column);
            Assert.Equal(5, values.Doubles().Count(value => value == 0));
        }
    }

    [Fact]
    public void Values_follow_their_laws()
    {
        using Sequential model = Sequential(("fc", Linear(100, 80)), ("conv", Conv2d(16, 32, 3)), ("emb", Embedding(200, 30, padding_idx: 7)));
        RuleSet rules = When<Linear>().Weight(TruncNormal(std: 0.02, a: -0.04, b: 0.04)).Bias(Normal(1, 0.1))
            + When<Conv2d>().Weight(Orthogonal()).Bias(Uniform(-1, 1)) + When<Embedding>().Weight(TorchDefault);
        Plan plan = rules.Compile(model, RandomSource.Torch(17));
        plan.Apply();
        Assert.True(plan.Verify().Passed, plan.Verify().ToString());
    }

    [Fact]
    public void A_seed_may_be_any_number()
    {
        using Tensor first = empty(5);
        using Tensor second = empty(5);
        first.Initialize(Normal(), RandomSource.Torch(-1));
        manual_seed(-1);
        second.normal_();
        Assert.Equal(second.Bytes(), first.Bytes());
    }

    private static Tensor Make(long[] shape, bool transposed, ScalarType type) =>
        transposed ? zeros([shape[1], shape[0], .. shape[2..]], dtype: type).transpose(0, 1) : zeros(shape, dtype: type);

    private static void Same(Tensor expected, Tensor actual) =>
        Assert.True(expected.Bytes().AsSpan().SequenceEqual(actual.Bytes()), $"{string.Join("x", actual.shape)} {actual.dtype}");
}
