using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// Finds out which tensors without memory share a storage. They have no address to go by, but a storage has a length,
/// which one tensor sets and all others of the same storage read.
/// </summary>
internal static class StorageIdentity
{
    /// <summary>Longer than any storage: lengths from here on are marks.</summary>
    private const ulong FirstMark = 1UL << 56;

    /// <summary>For each tensor the index of the first one with the same storage.</summary>
    internal static int[] FirstSharing(IReadOnlyList<Tensor> tensors)
    {
        var first = new int[tensors.Count];
        var lengths = new ulong[tensors.Count];
        try
        {
            for (int i = 0; i < first.Length; i++)
            {
                lengths[i] = Length(tensors[i].Handle);
                first[i] = lengths[i] >= FirstMark ? (int)(lengths[i] - FirstMark) : i;
                SetLength(tensors[i].Handle, FirstMark + (ulong)first[i]);
            }
        }
        finally
        {
            for (int i = 0; i < first.Length; i++)
            {
                if (first[i] == i && lengths[i] < FirstMark)
                {
                    SetLength(tensors[i].Handle, lengths[i]);
                }
            }
        }

        return first;
    }

    /// <summary>TorchSharp's own entry points; its <c>Storage</c> class reads the data too, and there are none.</summary>
    [DllImport("LibTorchSharp", EntryPoint = "THSStorage_nbytes")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern ulong Length(nint tensor);

    [DllImport("LibTorchSharp", EntryPoint = "THSStorage_set_nbytes")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void SetLength(nint tensor, ulong bytes);
}
