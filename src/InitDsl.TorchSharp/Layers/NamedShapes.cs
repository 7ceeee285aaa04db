namespace InitDsl;

/// <summary>The shapes of a module's parameters by name. Few modules have so many that a dictionary pays.</summary>
internal sealed class NamedShapes(int count)
{
    private const int Few = 8;

    private readonly List<(string Name, Shape Shape)> few = new(Math.Min(count, Few));
    private readonly Dictionary<string, Shape>? many = count > Few ? new(count) : null;

    /// <summary>Adds a shape; of equal names the last counts.</summary>
    internal void Add(string name, Shape shape)
    {
        if (many is not null)
        {
            many[name] = shape;
        }
        else
        {
            few.Add((name, shape));
        }
    }

    internal bool Contains(string name) => Find(name) is not null;

    /// <summary>The shape of a parameter; null when the module has none of this name.</summary>
    internal Shape? Find(string name)
    {
        if (many is not null)
        {
            return many.GetValueOrDefault(name);
        }

        for (int i = few.Count - 1; i >= 0; i--)
        {
            if (few[i].Name == name)
            {
                return few[i].Shape;
            }
        }

        return null;
    }
}
