using System.Runtime.InteropServices;

namespace InitDsl.Tests;

/// <summary>What an interruption leaves behind in tensors.</summary>
public class InterruptionTests
{
    private static readonly RuleSet Rules = When<Linear>().Weight(Normal(std: 0.5)).Bias(Const(3));

    [Fact]
    public void Initialize_tells_how_far_it_is_and_may_be_cancelled()
    {
        using Sequential model = Large();
        Dictionary<string, byte[]> before = model.State();
        using var source = new CancellationTokenSource();
        ApplyCanceledException cancelled = Assert.Throws<ApplyCanceledException>(() => model.Initialize(
            Rules, RandomSource.Philox(1), new CancelWithin("b.weight", source), source.Token));
        Assert.Equal(["b.weight"], cancelled.Written.InPart);
        Dictionary<string, byte[]> after = model.State();
        Assert.All(cancelled.Written.NotAtAll, path => Assert.Equal(before[path], after[path]));
        Assert.NotEqual(before["b.weight"], after["b.weight"]);

        using Sequential complete = Large();
        complete.Initialize(Rules, seed: 1);
        Assert.All(cancelled.Written.Whole, path => Assert.Equal(complete.State()[path], after[path]));
        model.Initialize(Rules, seed: 1);
        Assert.Equal(complete.State(), model.State());
    }

    [Fact]
    public void Autograd_knows_of_what_was_written_in_part()
    {
        using Sequential model = Large();
        using Tensor input = ones(1, 4).requires_grad_();
        using Tensor output = model.call(input);
        using var source = new CancellationTokenSource();
        Plan plan = Rules.Compile(model, seed: 1);
        Assert.Throws<ApplyCanceledException>(() => plan.Apply(1, new CancelWithin("b.weight", source), source.Token));
        ExternalException refused = Assert.ThrowsAny<ExternalException>(() => output.sum().backward());
        Assert.Contains("modified by an inplace operation", refused.Message, StringComparison.Ordinal);
    }

    private static Sequential Large() =>
        Sequential(("a", Linear(4, 2048)), ("b", Linear(2048, 2048)), ("c", Linear(2048, 3)));

    private sealed class CancelWithin(string path, CancellationTokenSource source) : IProgress<ApplyProgress>
    {
        public void Report(ApplyProgress value)
        {
            // The first report of a parameter comes before its first value.
            if (value.Path == path && value.Fraction > 0.2)
            {
                source.Cancel();
            }
        }
    }
}
