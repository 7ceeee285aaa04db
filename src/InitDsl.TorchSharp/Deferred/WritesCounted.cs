using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// How often tensors have been written in place. Autograd counts it, of tensors without memory too; TorchSharp has no
/// <c>_version</c>, so libtorch's own is called.
/// </summary>
internal static unsafe class WritesCounted
{
    private static readonly delegate* unmanaged<nint, long> Version = Find();

    /// <summary>Whether a tensor has been written more often than another. Where libtorch does not say, it has not.</summary>
    internal static bool MoreThan(Tensor tensor, Tensor other) =>
        Version != null && Version(tensor.Handle) > Version(other.Handle);

    /// <summary>By the name that C++ gives <c>at::_ops::_version::call(const at::Tensor&amp;)</c>.</summary>
    private static delegate* unmanaged<nint, long> Find()
    {
        (string library, string name) = OperatingSystem.IsWindows() ? ("torch_cpu.dll", "?call@_version@_ops@at@@SA_JAEBVTensor@3@@Z")
            : (OperatingSystem.IsMacOS() ? "libtorch_cpu.dylib" : "libtorch_cpu.so", "_ZN2at4_ops8_version4callERKNS_6TensorE");
        return NativeLibrary.TryLoad(library, out nint torch) && NativeLibrary.TryGetExport(torch, name, out nint version)
            ? (delegate* unmanaged<nint, long>)version
            : null;
    }
}
