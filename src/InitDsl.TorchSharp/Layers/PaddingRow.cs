using TorchSharp;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// Finds the padding entry of an embedding. TorchSharp does not tell <c>padding_idx</c>, but the constructor sets
/// exactly that row to zero and draws the others. (EmbeddingBag's does not: its padding entry cannot be found.)
/// </summary>
internal static class PaddingRow
{
    /// <summary>The only row of a table that is all zeros; null when there is none, or more than one.</summary>
    internal static long? Find(Tensor table)
    {
        if (table.Dimensions != 2 || table.shape[0] < 2 || table.shape[1] < 1 || table.device_type == DeviceType.META || table.is_sparse)
        {
            return null;
        }

        // The first column alone tells almost always, and is small.
        using Tensor detached = table.detach();
        using Tensor column = detached.select(1, 0);
        using Tensor mayBeZero = column.eq(0);
        using Tensor indices = mayBeZero.nonzero();
        using Tensor candidates = indices.cpu();
        long? found = null;
        foreach (long row in candidates.data<long>())
        {
            using Tensor values = detached.select(0, row);
            using Tensor count = values.count_nonzero();
            if (count.item<long>() != 0)
            {
                continue;
            }

            if (found is not null)
            {
                return null;
            }

            found = row;
        }

        return found;
    }
}
