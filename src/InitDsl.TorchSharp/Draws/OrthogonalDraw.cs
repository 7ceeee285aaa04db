using static TorchSharp.torch;

namespace InitDsl;

/// <summary>PyTorch's <c>orthogonal_</c>: Q of the QR decomposition of a normal matrix, signs from R's diagonal.</summary>
internal static class OrthogonalDraw
{
    internal static void Into(Tensor target, OrthogonalLaw law, Generator generator)
    {
        // PyTorch returns at once; TorchSharp's own would divide by size(0) in native code and end the process.
        if (law.Rows == 0 || law.Columns == 0)
        {
            return;
        }

        using Tensor normal = empty(law.Rows, law.Columns, dtype: target.dtype, device: CPU);
        normal.normal_(0, 1, generator);
        using Tensor tall = law.Rows < law.Columns ? normal.t() : normal.alias();
        (Tensor q, Tensor r) = linalg.qr(tall);
        using (q)
        using (r)
        {
            using Tensor diagonal = r.diag(0);
            using Tensor signs = diagonal.sign();
            q.mul_(signs);
            using Tensor matrix = law.Rows < law.Columns ? q.t() : q.alias();
            using Tensor shaped = matrix.reshape(target.shape);
            target.copy_(shaped);
        }

        InPlace.Multiply(target, law.Gain);
    }
}
