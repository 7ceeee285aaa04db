using System.Reflection;
using System.Runtime.CompilerServices;
using DiffSharp.Backends;

namespace InitDsl;

/// <summary>
/// A backend may have a member <c>ToRawData()</c> that copies a tensor at once, as the Torch backend's has. What
/// <c>RawTensor</c> itself has asks for every element.
/// </summary>
internal static class RawData
{
    private const string Member = "ToRawData";

    private static readonly ConditionalWeakTable<Type, Func<RawTensor, Array?>> Known = [];

    /// <summary>The elements in row-major order; null where the backend has no such member.</summary>
    internal static Array? Of(RawTensor tensor) => Known.GetValue(tensor.GetType(), Find)(tensor);

    private static Func<RawTensor, Array?> Find(Type type) =>
        type.GetMethod(Member, BindingFlags.Public | BindingFlags.Instance, []) is { } found && found.ReturnType == typeof(Array)
            ? tensor => (Array?)found.Invoke(tensor.ViewT([tensor.Nelement]), null)
            : _ => null;
}
