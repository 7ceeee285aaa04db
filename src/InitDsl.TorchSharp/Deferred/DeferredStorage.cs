using TorchSharp;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>Memory that has not been taken yet, and the tensors that will be views of it: one, where nothing is tied.</summary>
internal sealed class DeferredStorage(Device device)
{
    private static long nextAddress = 1L << 56;

    private readonly Lock gate = new();
    private readonly List<DeferredTensor> members = [];
    private nint address;
    private volatile bool taken;

    /// <summary>Where the memory will lie.</summary>
    internal Device Device { get; } = device;

    internal bool Taken => taken;

    /// <summary>
    /// Where the storage begins, for comparing: tied and overlapping parameters are found by their addresses. No real
    /// address is as high as these.
    /// </summary>
    internal nint Address
    {
        get
        {
            lock (gate)
            {
                if (address == 0)
                {
                    long bytes = Length() * members[0].Tensor.ElementSize;
                    address = (nint)(Interlocked.Add(ref nextAddress, bytes + 64) - bytes - 64);
                }

                return address;
            }
        }
    }

    internal DeferredTensor Add(Tensor tensor)
    {
        var member = new DeferredTensor(tensor, this);
        members.Add(member);
        return member;
    }

    /// <summary>
    /// Takes the memory, uninitialised, for all tensors that share it. The objects stay the same, their values are for
    /// the caller to write at once.
    /// </summary>
    internal void TakeMemory()
    {
        lock (gate)
        {
            if (taken)
            {
                return;
            }

            // As when the model was built: with inference mode on, the parameters could never be trained.
            using IDisposable? outside = is_inference_mode_enabled() && !InferenceTensors.Is(members[0].Tensor) ? inference_mode(false) : null;
            using IDisposable ungraphed = no_grad();
            if (members is [{ Whole: true } only])
            {
                Tensor fresh = empty(only.Tensor.shape, dtype: only.Tensor.dtype, device: Device);
                HugePages.Advise(fresh);
                only.Take(fresh);
            }
            else
            {
                using Tensor flat = empty(Length(), dtype: members[0].Tensor.dtype, device: Device);
                HugePages.Advise(flat);
                foreach (DeferredTensor member in members)
                {
                    using Tensor view = flat.as_strided(member.Tensor.shape, member.Tensor.stride(), member.Tensor.storage_offset());
                    member.Take(view.detach());
                }
            }

            taken = true;
        }
    }

    /// <summary>How many elements reach from the storage's begin to the last element of a member.</summary>
    private long Length() => members.Max(member => member.End);
}
