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
        long before = Tensors();
        Run(model, strided);
        Assert.InRange(Tensor.TotalCount, 0, before);
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
        long tensors = Tensors();

        // What leaks takes memory in every round; the collector's young generation and the compiler take theirs in one or two.
        long[] grown = new long[9];
        long memory = Resident();
        for (int round = 0; round < grown.Length; round++)
        {
            Repeat(560);
            grown[round] = Resident() - memory;
            memory += grown[round];
        }

        Assert.InRange(Tensor.TotalCount, 0, tensors);
        Array.Sort(grown);
        Assert.InRange(grown[grown.Length / 2], long.MinValue, 1 << 20);

        void Repeat(int times)
        {
            for (int i = 0; i < times; i++)
            {
                plan.Apply();
                torch.Apply();
            }
        }
    }

    /// <summary>How many there are once those that other tests have dropped are gone.</summary>
    private static long Tensors()
    {
        Collect();
        return Tensor.TotalCount;
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    private static long Resident()
    {
        Collect();
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
