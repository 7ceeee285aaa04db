using System.Collections;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// The tensors that can be reached from an object: through arrays, collections, dictionaries and tuples, and through the
/// fields of objects of the user's own. No property is read and no sequence run that is not a collection: either may be
/// code that does something.
/// </summary>
internal static class ReachedTensors
{
    /// <summary>Whoever holds more objects than this keeps data there, and not values of its constructor.</summary>
    private const int MostObjects = 100_000;

    internal static IEnumerable<Tensor> From(object? start)
    {
        var open = new Queue<object>();
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        Add(start);
        while (open.TryDequeue(out object? item))
        {
            switch (item)
            {
                case Tensor tensor:
                    yield return tensor;
                    break;
                case ITuple items:
                    for (int i = 0; i < items.Length; i++)
                    {
                        Add(items[i]);
                    }

                    break;
                case IEnumerable items when IsCollection(item.GetType()):
                    foreach (object? held in items)
                    {
                        Add(held);
                    }

                    break;
                default:
                    foreach (var field in ObjectFields.Of(item.GetType()))
                    {
                        Add(field.GetValue(item));
                    }

                    break;
            }
        }

        // Modules are walked by themselves, where they are registered.
        void Add(object? found)
        {
            if (found is not (null or nn.Module) && seen.Count < MostObjects && !ObjectFields.HoldsNothing(found.GetType()) && seen.Add(found))
            {
                open.Enqueue(found);
            }
        }
    }

    /// <summary>Whether it is an array or one of .NET's collections, of things that may be or hold tensors.</summary>
    private static bool IsCollection(Type type)
    {
        if (type.IsArray)
        {
            return !ObjectFields.HoldsNothing(type.GetElementType()!);
        }

        return type.Namespace?.StartsWith("System.Collections", StringComparison.Ordinal) is true
            && !(type.IsGenericType && Array.TrueForAll(type.GenericTypeArguments, ObjectFields.HoldsNothing));
    }
}
