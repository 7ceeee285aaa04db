using static TorchSharp.torch;

namespace InitDsl;

/// <summary>One tensor without a model: <c>conv1.weight.Initialize(XavierUniform, seed: 1)</c>.</summary>
public static class TorchTensorExtensions
{
    /// <summary>
    /// Fills a tensor in place. Its axes are taken as PyTorch's: [out, in, receptive field…]. A tensor on its own has
    /// no path: the same seed gives the same values to each, so give each a seed of its own.
    /// </summary>
    /// <param name="tensor">A parameter or any other tensor.</param>
    /// <param name="init">The law its values should follow.</param>
    /// <param name="seed">The seed; without one it is drawn from torch's global generator.</param>
    /// <returns>The same tensor.</returns>
    /// <exception cref="InitException">The initializer cannot apply; nothing was changed.</exception>
    public static Tensor Initialize(this Tensor tensor, Init init, long? seed = null)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentNullException.ThrowIfNull(init);
        return tensor.Initialize(init, RandomSource.Philox(seed ?? SeedFromTorch.Draw()));
    }

    /// <summary>
    /// Fills a tensor in place. Its axes are taken as PyTorch's: [out, in, receptive field…]. A tensor on its own has
    /// no path: the same seed gives the same values to each, so give each a seed of its own.
    /// </summary>
    /// <param name="tensor">A parameter or any other tensor.</param>
    /// <param name="init">The law its values should follow.</param>
    /// <param name="source">Where the random numbers come from.</param>
    /// <returns>The same tensor.</returns>
    /// <exception cref="InitException">The initializer cannot apply; nothing was changed.</exception>
    public static Tensor Initialize(this Tensor tensor, Init init, RandomSource source)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentNullException.ThrowIfNull(init);
        ArgumentNullException.ThrowIfNull(source);
        ObjectDisposedException.ThrowIf(tensor.IsInvalid, tensor);
        PlanCompiler.Compile(Dsl.All.Weight(init), new SingleTensor(tensor), source).Apply();
        return tensor;
    }
}
