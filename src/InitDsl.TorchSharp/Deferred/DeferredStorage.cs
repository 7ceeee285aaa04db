using TorchSharp;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>Memory that has not been taken yet, and the tensors that will lie in it: one, where nothing is tied.</summary>
internal sealed class DeferredStorage(Device device)
{
    /// <summary>No real address is as high.</summary>
    private static long nextAddress = 1L << 56;

    private readonly Lock gate = new();
    private readonly List<DeferredTensor> members = [];
    private nint address;

    /// <summary>How many elements reach from the storage's begin to the last element of a member.</summary>
    private long length;
    private volatile bool taken;

    /// <summary>Where the memory will lie.</summary>
    internal Device Device { get; } = device;

    internal bool Taken => taken;

    /// <summary>Whether several tensors will lie in it: when the first one takes the memory, all of them change.</summary>
    internal bool Shared => members.Count > 1;

    /// <summary>
    /// Stands for the place of the storage's first element, so that tied and overlapping parameters can be found by
    /// comparing addresses, as they are when they have memory.
    /// </summary>
    internal nint Address
    {
        get
        {
            lock (gate)
            {
                if (address == 0)
                {
                    long bytes = length * members[0].Tensor.ElementSize;
                    address = (nint)(Interlocked.Add(ref nextAddress, bytes + 64) - bytes - 64);
                }

                return address;
            }
        }
    }

    /// <summary>Whether a tensor is nothing but a part of the first one, which covers the memory: filling that one fills it.</summary>
    internal bool IsPart(DeferredTensor tensor) =>
        TensorHandles.Native(tensor.Tensor) != TensorHandles.Native(members[0].Tensor)
        && members[0].Whole
        && members[0].End == length;

    internal DeferredTensor Add(Tensor tensor)
    {
        lock (gate)
        {
            var member = new DeferredTensor(tensor, this);
            members.Add(member);
            length = Math.Max(length, member.End);
            return member;
        }
    }

    /// <summary>
    /// Takes the memory, uninitialised, for all tensors that lie in it. The objects stay the same, their values are
    /// for the caller to write at once.
    /// </summary>
    internal void TakeMemory()
    {
        lock (gate)
        {
            if (taken)
            {
                return;
            }

            // As when the model was built: parameters made in inference mode could never be trained.
            using IDisposable? outside = is_inference_mode_enabled() && !InferenceTensors.Is(members[0].Tensor) ? inference_mode(false) : null;
            using IDisposable ungraphed = no_grad();
            DeferredTensor first = members[0];
            Tensor? native = Device.type == DeviceType.CPU ? Native(first) : null;
            bool whole = members.All(member => TensorHandles.Native(member.Tensor) == TensorHandles.Native(first.Tensor)) && first.Whole;
            using Tensor memory = native ?? (whole
                ? empty(first.Tensor.shape, dtype: first.Tensor.dtype, device: Device)
                : empty(length, dtype: first.Tensor.dtype, device: Device));
            HugePages.Advise(memory);
            Distribute(memory, native is not null || whole ? TensorHandles.Native(first.Tensor) : 0);
        }
    }

    /// <summary>Uses memory that native code has taken and filled for one of the tensors.</summary>
    internal void Adopt(DeferredTensor owner, Tensor memory)
    {
        lock (gate)
        {
            if (!taken && owner.Fits(memory))
            {
                using IDisposable ungraphed = no_grad();
                Distribute(memory, TensorHandles.Native(owner.Tensor));
            }
        }
    }

    /// <summary>The memory of an embedding whose table native code keeps, too.</summary>
    private static Tensor? Native(DeferredTensor tensor)
    {
        foreach ((nn.Module module, string name) in tensor.Natives)
        {
            if (DeferredEmbedding.TakeMemory(module, name, tensor.Tensor) is { } table)
            {
                return table;
            }
        }

        return null;
    }

    /// <summary>Gives every member its part of the memory; the one native tensor that fits it gets the memory itself.</summary>
    private void Distribute(Tensor memory, nint itself)
    {
        foreach (IGrouping<nint, DeferredTensor> same in members.GroupBy(member => TensorHandles.Native(member.Tensor)).ToArray())
        {
            Tensor old = same.First().Tensor;
            bool requiresGrad = old.requires_grad;
            using Tensor fresh = same.Key == itself ? TensorHandles.Same(memory) : View(memory, old);
            fresh.requires_grad = requiresGrad;
            foreach (DeferredTensor member in same)
            {
                member.Take(fresh);
            }
        }

        taken = true;
    }

    private static Tensor View(Tensor memory, Tensor like)
    {
        using Tensor view = memory.as_strided(like.shape, like.stride(), like.storage_offset());
        return view.detach();
    }
}
