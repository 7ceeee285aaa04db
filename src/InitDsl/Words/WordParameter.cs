using System.Reflection;

namespace InitDsl;

/// <summary>Something that a word takes.</summary>
internal sealed class WordParameter
{
    private static readonly Type[] Data =
    [
        typeof(double), typeof(long), typeof(bool), typeof(string), typeof(Range), typeof(object), typeof(Init), typeof(Selector), typeof(Activation),
        typeof(ModuleTypeName), typeof(IReadOnlyList<ModuleTypeName>),
    ];

    internal WordParameter(ParameterInfo parameter)
    {
        Name = parameter.Name!;
        Type = parameter.ParameterType;
        IsOptional = parameter.HasDefaultValue;
        // Of an enumeration reflection gives the number.
        Default = !IsOptional ? null : Type.IsEnum ? Enum.ToObject(Type, parameter.RawDefaultValue!) : parameter.DefaultValue;
    }

    internal string Name { get; }

    internal Type Type { get; }

    internal bool IsOptional { get; }

    /// <summary>What it is where it is left out.</summary>
    internal object? Default { get; }

    /// <summary>Whether values of a type can be written as text.</summary>
    internal static bool IsData(Type type) => type.IsEnum || Data.Contains(type);

    /// <summary>Whether an argument of a term is one for this.</summary>
    internal bool Takes(object argument) =>
        argument is NamedArgument named ? named.Name == Name && Takes(named.Value)
        : Type == typeof(object) ? argument is GivenValues
        : Type == typeof(ModuleTypeName) ? argument is IReadOnlyList<ModuleTypeName> { Count: 1 }
        : Type == typeof(string) ? argument is string or FilePath
        : Type.IsInstanceOfType(argument);
}
