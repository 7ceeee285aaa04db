namespace InitDsl.Tests;

/// <summary>
/// Unit-variance inputs pushed through layers that are initialised with gain 1 and the fan-in: the layer's own fans
/// keep the variance, PyTorch's do not where they differ.
/// </summary>
public class VarianceTests
{
    /// <summary>
    /// A layer, inputs for it, which part of its output to measure, and what PyTorch's fan-in makes of the variance:
    /// the layer's fan-in over PyTorch's.
    /// </summary>
    private static Dictionary<string, Case> Cases { get; } = new()
    {
        ["Linear"] = Of(() => Linear(96, 128, hasBias: false), [64, 96], 1),
        ["Conv1d"] = Of(() => Conv1d(12, 96, 5, bias: false), [8, 12, 24], 1),
        ["Conv2d"] = Of(() => Conv2d(12, 96, 3, bias: false), [8, 12, 10, 10], 1),
        ["Conv3d"] = Of(() => Conv3d(6, 96, 3, bias: false), [4, 6, 6, 6, 6], 1),
        ["grouped"] = Of(() => Conv2d(48, 96, 3, groups: 4, bias: false), [8, 48, 10, 10], 1),
        ["depthwise"] = Of(() => Conv2d(96, 192, 5, groups: 96, bias: false), [8, 96, 9, 9], 1),

        // [in, out/groups, kernel…], where PyTorch takes out/groups·∏kernel for the inputs. Borders see less: cut off.
        ["transposed"] = Of(() => ConvTranspose2d(96, 24, 3, padding: 2, bias: false), [8, 96, 10, 10], 96.0 / 24),
        ["transposed 1d, stride 4"] = Of(() => ConvTranspose1d(64, 128, 8, stride: 4, padding: 4, bias: false), [8, 64, 32], 64.0 / (128 * 4)),
        ["transposed 2d, stride 2"] = Of(() => ConvTranspose2d(64, 64, 4, stride: 2, padding: 2, bias: false), [8, 64, 10, 10], 1.0 / 4),
        ["transposed 3d, stride 2"] = Of(() => ConvTranspose3d(32, 32, 2, stride: 2, bias: false), [4, 32, 4, 4, 4], 1.0 / 8),
        ["transposed, grouped, stride 2"] = Of(() => ConvTranspose2d(96, 96, 2, stride: 2, groups: 4, bias: false), [8, 96, 8, 8], 1.0 / 4),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_layers_fan_in_keeps_the_variance(string name)
    {
        Case layer = Cases[name];
        Holds(1, Variances(layer, LeCunNormal));
        Holds(layer.Torch, Variances(layer, LeCunNormal.WithFans(Fans.Torch)));
    }

    /// <summary>Fan-average laws of stacked blocks: PyTorch counts the outputs of all blocks as one matrix's.</summary>
    [Theory]
    [InlineData("LSTM", 4)]
    [InlineData("GRU", 3)]
    [InlineData("RNN", 1)]
    [InlineData("packed QKV", 3)]
    public void Each_stacked_block_keeps_the_variance_by_its_own_fans(string name, int blocks)
    {
        const long Width = 96;
        nn.Module Make() => name switch
        {
            "LSTM" => LSTM(Width, Width),
            "GRU" => GRU(Width, Width),
            "RNN" => RNN(Width, Width),
            _ => MultiheadAttention(Width, 4),
        };
        string weight = name == "packed QKV" ? "in_proj_weight" : "weight_ih_l0";
        foreach ((Init init, double expected) in new[] { (XavierNormal, 1.0), (XavierNormal.WithFans(Fans.Torch), 2.0 / (1 + blocks)) })
        {
            using nn.Module module = Make();
            All.Param(weight, init).Compile(module, seed: 11).Apply();
            using Tensor inputs = empty(512, Width).Initialize(Normal(), seed: 5);
            using Tensor matrix = module.get_parameter(weight)!.detach();
            foreach (int block in Enumerable.Range(0, blocks))
            {
                using Tensor rows = matrix.narrow(0, block * Width, Width);
                using Tensor transposed = rows.t();
                using Tensor outputs = inputs.matmul(transposed);
                Holds(expected, Channels(outputs.Doubles(), 512, (int)Width, 1));
            }
        }
    }

    /// <summary>Every pair of independent inputs has unit variance, and there are in1·in2 pairs; PyTorch sees in1 times what is left, too.</summary>
    [Fact]
    public void Bilinear_keeps_the_variance_over_pairs()
    {
        using Bilinear layer = Bilinear(24, 20, 256, hasBias: false);
        When<Bilinear>().Weight(LeCunNormal).Compile(layer, seed: 4).Apply();
        using Tensor left = empty(64, 24).Initialize(Normal(), seed: 5);
        using Tensor right = empty(64, 20).Initialize(Normal(), seed: 6);
        using Tensor outputs = layer.call(left, right).detach();

        // Rows share their inputs' lengths, which vary by √(2/24) and √(2/20); channels are independent given them.
        double mean = outputs.Doubles().Average(value => value * value);
        double spread = Math.Sqrt(((2.0 / 24) + (2.0 / 20) + (4.0 / 480) + (2.0 / 256)) / 64);
        Assert.InRange(mean, 1 - (6 * spread), 1 + (6 * spread));
    }

    private static Case Of(Func<Module<Tensor, Tensor>> make, long[] inputs, double torch) => new(make, inputs, torch);

    private static double[] Variances(Case layer, Init init)
    {
        using Module<Tensor, Tensor> module = layer.Make();
        All.Weight(init).Compile(module, seed: 3).Apply();
        using Tensor inputs = empty(layer.Inputs).Initialize(Normal(), seed: 5);
        using Tensor outputs = module.call(inputs).detach();
        long[] shape = outputs.shape;
        return Channels(outputs.Doubles(), (int)shape[0], (int)shape[1], (int)shape.Skip(2).Aggregate(1L, (product, size) => product * size));
    }

    /// <summary>The mean square of each output channel. Channels have weights of their own: independent of each other.</summary>
    private static double[] Channels(double[] values, int batch, int channels, int positions)
    {
        double[] squares = new double[channels];
        for (int i = 0; i < values.Length; i++)
        {
            squares[i / positions % channels] += values[i] * values[i] / ((double)batch * positions);
        }

        return squares;
    }

    /// <summary>
    /// The average over channels within six of its own standard errors, estimated from the channels; and those are
    /// many enough to tell a factor of 1.25.
    /// </summary>
    private static void Holds(double expected, double[] channels)
    {
        double mean = channels.Average();
        double error = Math.Sqrt(channels.Sum(value => (value - mean) * (value - mean)) / (channels.Length - 1) / channels.Length);
        Assert.InRange(mean, expected - (6 * error) - (0.04 * expected), expected + (6 * error) + (0.04 * expected));
        Assert.True(6 * error < 0.2 * expected, $"{channels.Length} channels tell too little: {mean} ± {error}");
    }

    private sealed record Case(Func<Module<Tensor, Tensor>> Make, long[] Inputs, double Torch);
}
