using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// The running statistics of batch and instance normalization. They are always mean 0, variance 1 and count 0 when
/// the module is built, and no rule is about them.
/// </summary>
internal static class NormBuffers
{
    internal static void Fill(nn.Module module, Device device)
    {
        if (module is not NormBase norm)
        {
            return;
        }

        Fill(norm.running_mean, device, 0);
        Fill(norm.running_var, device, 1);
        Fill(norm.num_batches_tracked, device, 0);
    }

    private static void Fill(Tensor? buffer, Device device, double value)
    {
        if (buffer?.device_type == DeviceType.META)
        {
            Tensor fresh = empty(buffer.shape, dtype: buffer.dtype, device: device);
            InPlace.Fill(fresh, value);
            TensorHandles.Take(buffer, fresh);
        }
    }
}
