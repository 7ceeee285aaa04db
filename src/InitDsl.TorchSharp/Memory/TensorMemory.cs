using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>Where a tensor's elements lie.</summary>
internal static class TensorMemory
{
    /// <summary>A span holds at most 2³¹ − 1 bytes; half of that is a whole number of elements of every dtype.</summary>
    private const long LongestRun = 1L << 30;

    /// <summary>The address of the first element; 0 where there is none: no elements, the meta device, sparse.</summary>
    internal static nint Pointer(Tensor tensor)
    {
        if (tensor.NumberOfElements == 0 || tensor.is_sparse || tensor.device_type == DeviceType.META)
        {
            return 0;
        }

        return Address(tensor.Handle);
    }

    /// <summary>The memory of a contiguous tensor on the CPU, in runs that a span can hold.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="start">What the first element counts as.</param>
    /// <param name="write">Called for each run.</param>
    internal static unsafe void Runs(Tensor tensor, long start, RunWriter write)
    {
        byte* memory = (byte*)Pointer(tensor);
        long size = tensor.ElementSize;
        long bytes = tensor.NumberOfElements * size;
        for (long done = 0; done < bytes; done += LongestRun)
        {
            write(start + (done / size), new Span<byte>(memory + done, (int)Math.Min(LongestRun, bytes - done)));
        }

        // The spans do not keep the native tensor alive.
        GC.KeepAlive(tensor);
    }

    /// <summary>
    /// Tells autograd that the values have changed: it cannot see writing through a pointer. A graph that saved the
    /// old values then refuses to run backward instead of giving wrong gradients.
    /// </summary>
    internal static void BumpVersion(Tensor tensor)
    {
        // Libtorch counts a copy as a write before it sees that source and destination are one, and copies nothing.
        using IDisposable leaf = no_grad();
        tensor.copy_(tensor);
    }

    /// <summary>
    /// TorchSharp's own entry point: its public members take two microseconds to tell the address, four times for each
    /// parameter of a model, and of a tensor on a GPU they do not tell it. Through that one nothing is read or written; it
    /// says which tensors are the same.
    /// </summary>
    [DllImport("LibTorchSharp", EntryPoint = "THSTensor_data")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Address(nint tensor);
}
