using System.Reflection;
using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>A tensor that a module holds.</summary>
/// <param name="Owner">The module.</param>
/// <param name="Path">The dotted path of the tensor.</param>
/// <param name="Tensor">The module's own object.</param>
/// <param name="IsParameter">Whether it is registered as a parameter, so that rules reach it.</param>
internal sealed record HeldTensor(nn.Module Owner, string Path, Tensor Tensor, bool IsParameter);

/// <summary>
/// All tensors that a module holds itself: parameters, buffers, and, in modules that TorchSharp does not make, whatever
/// stands in fields and in the collections there, registered or not.
/// </summary>
internal static class HeldTensors
{
    internal static IEnumerable<HeldTensor> Of(ModulePlace place)
    {
        IEnumerable<(string Name, Tensor Tensor, bool IsParameter)> held =
        [
            .. OwnParameters.Of(place.Module).Select(own => (own.Name, (Tensor)own.Tensor, true)),
            .. OwnBuffers.Of(place.Module).Select(own => (own.Name, own.Tensor, false)),
            .. InFields(place.Module),
        ];
        return held.Where(found => !found.Tensor.IsInvalid).Select(found => new HeldTensor(
            place.Module,
            place.Path.Length == 0 ? RegisteredName.Plain(found.Name) : $"{place.Path}.{RegisteredName.Plain(found.Name)}",
            found.Tensor,
            found.IsParameter));
    }

    private static IEnumerable<(string Name, Tensor Tensor, bool IsParameter)> InFields(nn.Module module)
    {
        // The fields of TorchSharp's own classes are those it registers.
        for (Type? type = module.GetType(); type is not null && type.Assembly != typeof(nn.Module).Assembly; type = type.BaseType)
        {
            foreach (FieldInfo field in type.GetFields(
                         BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                foreach (Tensor tensor in In(field.GetValue(module)))
                {
                    yield return (field.Name, tensor, false);
                }
            }
        }
    }

    private static IEnumerable<Tensor> In(object? value) => value switch
    {
        Tensor tensor => [tensor],
        nn.Module or string or null => [],
        ITuple items => Enumerable.Range(0, items.Length).SelectMany(i => In(items[i])),
        IEnumerable<Tensor> tensors => tensors,
        IDictionary<string, Tensor> tensors => tensors.Values,
        _ => [],
    };
}
