namespace InitDsl.Tests;

/// <summary>Compares models by all that can be seen of their parameters and buffers.</summary>
internal static class DeferredState
{
    internal static void Same(nn.Module ordinary, nn.Module deferred)
    {
        Dictionary<string, Tensor> expected = ordinary.state_dict();
        Dictionary<string, Tensor> found = deferred.state_dict();
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Keys, found.Keys);
        foreach ((string name, Tensor value) in expected)
        {
            Assert.True(value.Bytes().AsSpan().SequenceEqual(found[name].Bytes()), name);
            Assert.Equal((name, Seen(value)), (name, Seen(found[name])));
        }
    }

    private static (ScalarType, DeviceType, bool, bool, string) Seen(Tensor tensor) =>
        (tensor.dtype, tensor.device_type, tensor.requires_grad, tensor.is_leaf,
            $"{string.Join(',', tensor.shape)}/{string.Join(',', tensor.stride())}+{tensor.storage_offset()}");
}
