namespace InitDsl.Tests;

/// <summary>Nothing made on the way stays alive, and nothing of the user's is taken along.</summary>
public class LeakTests
{
    private static readonly RuleSet Everything =
        When<Linear>().Weight(Kaiming).Bias(Zeros)
        + When<Conv2d>().Weight(Orthogonal()).Bias(Uniform(-1, 1))
        + When<Embedding>().Weight(TorchDefault)
        + When<GroupNorm>().Weight(Ones).Bias(Zeros)
        + When<LSTM>().Weight(TruncNormal(std: 0.1)).Bias(Zeros);

    [Fact]
    public void No_tensor_is_left_behind()
    {
        using Sequential model = Model();
        using Tensor strided = empty(6, 5).t();
        Run(model, strided);
        long before = Tensor.TotalCount;
        Run(model, strided);
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void A_DisposeScope_around_it_ends_without_taking_parameters_along_or_holding_temporaries()
    {
        using Sequential model = Model();
        using Tensor strided = empty(6, 5).t();
        Plan plan;
        using (DisposeScope scope = NewDisposeScope())
        {
            plan = Everything.Compile(model, seed: 1);
            plan.Apply();
            Run(model, strided);
            Assert.Equal(0, scope.DisposablesCount);
        }

        plan.Apply();
        Assert.All(model.parameters(), parameter => Assert.False(parameter.IsInvalid));
    }

    [Fact]
    public void Ten_thousand_applies_take_no_memory()
    {
        using Sequential model = Sequential(Linear(4, 4), GroupNorm(2, 4));
        Plan plan = Everything.Compile(model, seed: 1);
        Plan torch = Everything.Compile(model, RandomSource.Torch(1));
        Repeat(200);
        long tensors = Tensor.TotalCount;
        long memory = Resident();
        Repeat(5000);
        Assert.Equal(tensors, Tensor.TotalCount);
        Assert.InRange(Resident() - memory, long.MinValue, 32 << 20);

        void Repeat(int times)
        {
            for (int i = 0; i < times; i++)
            {
                plan.Apply();
                torch.Apply();
            }
        }
    }

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private static void Run(Sequential model, Tensor strided)
    {
        model.Initialize(Everything, seed: 2);
        model.Initialize(Everything, RandomSource.Torch(2));
        model.apply(Everything.Compile(model, seed: 3).Visitor());
        model.apply(Everything.Compile(model, RandomSource.Torch(3)).Visitor());
        Assert.True(Everything.Compile(model, seed: 3).Apply().Entries.Count > 0);
        strided.Initialize(Normal());
        strided.Initialize(Normal(), RandomSource.Torch(1));
        strided.Initialize(Sparse(0.5), RandomSource.Torch(1));
        strided.Initialize(TruncNormal(), RandomSource.Torch(1));
        strided.Initialize(Values(strided));
        Everything.Compile(model, seed: 1).Verify();
    }

    private static Sequential Model() => Sequential(
        ("fc", Linear(4, 3)), ("conv", Conv2d(2, 4, 3)), ("emb", Embedding(5, 3, padding_idx: 1)), ("norm", GroupNorm(1, 4)));
}
