using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// The running statistics of batch and instance normalization. They are mean 0, variance 1 and count 0 when the module is
/// built, and no rule is about them. Those that a constructor has written since have other values, which are lost: they are
/// left without memory, to be named.
/// </summary>
internal static class NormBuffers
{
    /// <summary>Fills the statistics of some modules, as far as they are what the modules were made with.</summary>
    internal static void Fill(IEnumerable<nn.Module> modules, Device device)
    {
        NormBase[] norms = [.. modules.OfType<NormBase>()];
        if (norms.Length == 0)
        {
            return;
        }

        using BatchNorm1d untouched = nn.BatchNorm1d(1);
        foreach (NormBase norm in norms)
        {
            Fill(norm.running_mean, untouched.running_mean, device, 0);
            Fill(norm.running_var, untouched.running_var, device, 1);
            Fill(norm.num_batches_tracked, untouched.num_batches_tracked, device, 0);
        }
    }

    private static void Fill(Tensor? buffer, Tensor? untouched, Device device, double value)
    {
        if (buffer?.device_type == DeviceType.META && !WritesCounted.MoreThan(buffer, untouched!))
        {
            Tensor fresh = empty(buffer.shape, dtype: buffer.dtype, device: device);
            InPlace.Fill(fresh, value);
            TensorHandles.Take(buffer, fresh);
        }
    }
}
