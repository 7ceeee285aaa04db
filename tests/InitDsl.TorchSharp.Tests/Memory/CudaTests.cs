namespace InitDsl.Tests;

/// <summary>Parameters on a GPU get the values that they get on the CPU.</summary>
public class CudaTests
{
    private static readonly RuleSet Rules = When<Linear>().Weight(Orthogonal()).Bias(Normal())
        + When<Conv2d>().Weight(Kaiming).Bias(Zeros) + When<BatchNorm2d>().Weight(Ones).Bias(Zeros);

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.BFloat16)]
    public void A_model_gets_the_values_of_the_CPU(ScalarType type)
    {
        RequireGpu();
        nn.Module expected = Make().to(type);
        expected.Initialize(Rules, seed: 3);
        nn.Module moved = Make().to(type).to(CUDA);
        Plan plan = Rules.Compile(moved, seed: 3);
        plan.Apply();
        Assert.Empty(plan.Verify().Failures);
        Assert.All(moved.parameters(), parameter => Assert.Equal(DeviceType.CUDA, parameter.device_type));
        DeferredState.Same(expected, moved.cpu());
    }

    [Fact]
    public void A_deferred_model_takes_its_memory_there()
    {
        RequireGpu();
        nn.Module expected = Make();
        expected.Initialize(Rules, seed: 3);
        nn.Module deferred = Deferred.Build(Make, CUDA);
        deferred.Initialize(Rules, seed: 3);
        Assert.All(deferred.parameters(), parameter => Assert.Equal(DeviceType.CUDA, parameter.device_type));
        DeferredState.Same(expected, deferred.cpu());
    }

    [Fact]
    public void More_than_one_scratch_tensor_and_a_strided_parameter()
    {
        RequireGpu();
        using Tensor there = empty(3000, 2000, device: CUDA);
        using Tensor here = empty(3000, 2000);
        Assert.Equal(here.Initialize(Normal(), seed: 5).Bytes(), there.Initialize(Normal(), seed: 5).cpu().Bytes());
        using Tensor strided = empty(200, 300, device: CUDA).t();
        using Tensor same = empty(300, 200);
        Assert.Equal(same.Initialize(Normal(), seed: 6).Bytes(), strided.Initialize(Normal(), seed: 6).cpu().contiguous().Bytes());
    }

    /// <summary>Every law that draws, every dtype, and lengths that end within a vector.</summary>
    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.ComplexFloat32)]
    public void Every_law_gives_the_values_of_the_CPU(ScalarType type)
    {
        RequireGpu();
        Init[] laws = type == ScalarType.ComplexFloat32
            ? [Normal(), Const(0.5)]
            : [Normal(), Uniform(-1, 1), TruncNormal(), Const(0.5), Sparse(0.5), Eye, Kaiming.Scale(0.5)];
        foreach (Init law in laws)
        {
            foreach (long columns in (long[])[1, 7, 1023])
            {
                using Tensor there = empty(3, columns, dtype: type, device: CUDA);
                using Tensor here = empty(3, columns, dtype: type);
                Assert.Equal(here.Initialize(law, seed: 5).Bytes(), there.Initialize(law, seed: 5).cpu().Bytes());
            }
        }
    }

    /// <summary>
    /// cuDNN wants the weights of an LSTM in one piece of memory: the parameters stay views into it. In float64, since a GPU
    /// multiplies float32 with fewer digits (TF32).
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_LSTM_computes_there_what_it_computes_here(bool deferred)
    {
        RequireGpu();
        RuleSet rules = When<LSTM>().Weight(Orthogonal().PerBlock(4)).Bias(Zeros) + When<LSTM>().Gate(Gate.Forget).Bias(Ones);
        using LSTM here = nn.LSTM(5, 16, 2, dtype: ScalarType.Float64);
        here.Initialize(rules, seed: 3);
        using LSTM there = deferred ? Deferred.Build(() => nn.LSTM(5, 16, 2, dtype: ScalarType.Float64), CUDA) : nn.LSTM(5, 16, 2, dtype: ScalarType.Float64).to(CUDA);
        there.Initialize(rules, seed: 3);
        using Tensor input = ones(4, 2, 5, dtype: ScalarType.Float64);
        using Tensor expected = here.call(input).Item1.detach();
        using Tensor found = there.call(input.cuda()).Item1.detach().cpu();
        Assert.True(expected.allclose(found, 1e-9, 1e-12));
        DeferredState.Same(here, there.cpu());
    }

    [Fact]
    public void Rows_written_alone_leave_the_others()
    {
        RequireGpu();
        using Linear here = nn.Linear(40, 30);
        using Linear there = nn.Linear(40, 30);
        there.load_state_dict(here.state_dict());
        there.to(CUDA);
        RuleSet rules = When<Linear>().Weight(Kaiming).Bias(Zeros) + When<Linear>().Rows(3..7).Weight(Ones);
        here.Initialize(rules, seed: 3);
        there.Initialize(rules, seed: 3);
        DeferredState.Same(here, there.cpu());
    }

    [Fact]
    public void Lsuv_calibrates_there()
    {
        RequireGpu();
        using nn.Module<Tensor, Tensor> model = Make();
        model.to(CUDA);
        model.Initialize(Rules, seed: 3);
        using Tensor drawn = empty(64, 3, 5, 5);
        using Tensor batch = drawn.Initialize(Normal(), seed: 8).cuda();
        LsuvReport report = Calibrate.Lsuv(model, batch);
        Assert.True(report.Converged, report.ToString());
        Assert.All(model.parameters(), parameter => Assert.Equal(DeviceType.CUDA, parameter.device_type));
        model.eval();
        using Tensor output = model.call(batch);
        using Tensor variance = output.var(unbiased: false);
        Assert.Equal(1, variance.cpu().ToDouble(), 0.11);
    }

    [Fact]
    public void A_file_is_read_into_a_model_there()
    {
        RequireGpu();
        string path = Path.GetTempFileName();
        try
        {
            using nn.Module saved = Make();
            saved.Initialize(Rules, seed: 3);
            saved.save(path);
            using nn.Module there = Make().to(CUDA);
            there.Initialize(FromStateDict(path), seed: 1);
            Assert.All(there.parameters(), parameter => Assert.Equal(DeviceType.CUDA, parameter.device_type));
            Assert.All(
                saved.named_parameters(),
                own => Assert.Equal(own.parameter.Bytes(), there.get_parameter(own.name)!.cpu().Bytes()));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void RequireGpu() =>
        Assert.SkipUnless(cuda.is_available(), "This machine has no GPU that torch can use, or libtorch was built for the CPU alone.");

    private static nn.Module<Tensor, Tensor> Make() =>
        Sequential(("conv", Conv2d(3, 8, 3)), ("norm", BatchNorm2d(8)), ("flat", Flatten()), ("fc", Linear(72, 40)));
}
