using TorchSharp;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>The seed of those who give none.</summary>
internal static class SeedFromTorch
{
    /// <summary>2⁵³: <c>random_</c> takes its bounds as doubles, which are exact below.</summary>
    private const double Seeds = 9007199254740992;

    /// <summary>The next number of torch's global generator, so that <c>torch.manual_seed</c> governs.</summary>
    internal static long Draw()
    {
        using Tensor number = empty(1, dtype: ScalarType.Int64, device: CPU);
        number.random_(0, Seeds);
        return number.item<long>();
    }
}
