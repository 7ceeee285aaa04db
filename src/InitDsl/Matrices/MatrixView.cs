namespace InitDsl;

/// <summary>A matrix that lies somewhere in memory, with its steps in elements: whoever holds one keeps the memory in
/// place.</summary>
internal readonly unsafe struct MatrixView<T>(T* first, nint rowStep, nint columnStep)
    where T : unmanaged
{
    internal T* First { get; } = first;

    internal nint RowStep { get; } = rowStep;

    internal nint ColumnStep { get; } = columnStep;

    internal MatrixView<T> Transposed => new(First, ColumnStep, RowStep);

    internal T* At(nint row, nint column) => First + (row * RowStep) + (column * ColumnStep);

    /// <summary>The part below and to the right of an element.</summary>
    internal MatrixView<T> From(nint row, nint column) => new(At(row, column), RowStep, ColumnStep);
}
