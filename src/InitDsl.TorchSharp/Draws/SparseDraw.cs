using static TorchSharp.torch;

namespace InitDsl;

/// <summary>PyTorch's <c>sparse_</c>: a normal matrix, then a random permutation of the rows for each column.</summary>
internal static class SparseDraw
{
    internal static void Into(Tensor target, SparseLaw law, Generator generator)
    {
        target.normal_(0, law.Spread, generator);
        for (long column = 0; column < law.Columns; column++)
        {
            using Tensor rows = empty(law.Rows, dtype: ScalarType.Int64, device: CPU);
#pragma warning disable RS0030 // It draws from the generator given, and is what PyTorch places the zeros with.
            using Tensor permuted = randperm(law.Rows, rows, generator);
#pragma warning restore RS0030
            using Tensor zeroed = rows.narrow(0, 0, law.ZerosPerColumn);
            using Tensor values = target.select(1, column);
            InPlace.FillAt(values, zeroed, 0);
        }
    }
}
