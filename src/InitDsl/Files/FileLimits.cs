namespace InitDsl;

/// <summary>What no file of weights goes beyond, of whatever format.</summary>
internal static class FileLimits
{
    /// <summary>Bytes of a header, an index or a name: what the reference implementation of safetensors allows.</summary>
    internal const long LongestText = 100_000_000;

    /// <summary>As many dimensions as PyTorch's tensors have.</summary>
    internal const int MostDimensions = 64;

    /// <summary>The shape of these sizes.</summary>
    /// <exception cref="WeightFileException">There are more elements than can be counted.</exception>
    internal static Shape ShapeOf(WeightFile file, List<long> sizes, long place, string quoted)
    {
        try
        {
            return new([.. sizes]);
        }
        catch (OverflowException)
        {
            throw file.Problem(place, $"the sizes of {quoted} multiply to more than 2^63 − 1 elements", JsonPart.Again);
        }
    }
}
