using static TorchSharp.torch;

namespace InitDsl;

/// <summary>What is sent through layers to measure them: drawn from streams, torch's generator stays as it is.</summary>
internal static class Signals
{
    internal static Tensor Normal(long seed, params long[] shape)
    {
        float[] values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        Filler.Of(new NormalLaw(0, 1), StreamKey.Of(seed, "signal")).Fill(0, values.AsSpan());
        return tensor(values).view(shape);
    }

    /// <summary>Mean square of the output over that of the input, and of the gradients the other way round.</summary>
    internal static Growth Through(Tensor input, Tensor output, long seed)
    {
        double forward = MeanSquare(output) / (input.is_floating_point() ? MeanSquare(input) : 1);
        double backward = double.NaN;
        if (input.requires_grad)
        {
            (output * Normal(seed, output.shape).sign()).sum().backward();
            backward = input.grad is { } gradient ? MeanSquare(gradient) : double.NaN;
        }

        return new(forward, backward, new(input.shape), new(output.shape));
    }

    private static double MeanSquare(Tensor values)
    {
        using Tensor square = values.detach().to_type(ScalarType.Float64).square().mean();
        return square.item<double>();
    }
}
