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

    private static void RequireGpu() =>
        Assert.SkipUnless(cuda.is_available(), "This machine has no GPU that torch can use, or libtorch was built for the CPU alone.");

    private static nn.Module Make() =>
        Sequential(("conv", Conv2d(3, 8, 3)), ("norm", BatchNorm2d(8)), ("flat", Flatten()), ("fc", Linear(72, 40)));
}
