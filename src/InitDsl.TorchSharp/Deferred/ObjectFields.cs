using System.Reflection;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>The instance fields of the classes that users write; found out once a type, as reflection is slow.</summary>
internal static class ObjectFields
{
    /// <summary>Types of scripts can be unloaded: nothing here keeps them.</summary>
    private static readonly ConditionalWeakTable<Type, FieldInfo[]> Known = [];

    /// <summary>Fields in which something may lie, those of base classes too, as far as .NET and TorchSharp do not make them.</summary>
    internal static FieldInfo[] Of(Type type) => Known.GetValue(type, Find);

    /// <summary>Whether nothing can lie in values of a type: numbers, texts, and what belongs to the runtime.</summary>
    internal static bool HoldsNothing(Type type) =>
        type.IsPrimitive || type.IsEnum || type.IsPointer || type.IsByRefLike
        || type == typeof(string) || type == typeof(decimal)
        || type.IsAssignableTo(typeof(Delegate)) || type.IsAssignableTo(typeof(MemberInfo));

    private static FieldInfo[] Find(Type leaf)
    {
        var fields = new List<FieldInfo>();
        for (Type? type = leaf; type is not null && !IsForeign(type); type = type.BaseType)
        {
            fields.AddRange(type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .Where(field => !HoldsNothing(field.FieldType)));
        }

        return [.. fields];
    }

    /// <summary>Of .NET's own types those that hold values as they are told to, as pairs do, count as the user's.</summary>
    private static bool IsForeign(Type type) =>
        type.Assembly == typeof(nn.Module).Assembly
        || (type.Namespace is { } space && (space == "System" || space.StartsWith("System.", StringComparison.Ordinal))
            && !(type.IsGenericType && type.IsValueType));
}
