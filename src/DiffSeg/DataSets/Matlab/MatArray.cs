namespace DiffSeg.DataSets.Matlab;

/// <summary>An array of a .mat file: numbers, cells or structures. Elements are in MATLAB's order, column after column.</summary>
internal abstract record MatArray(string Name, IReadOnlyList<int> Dimensions)
{
    /// <summary>What the array is, for messages.</summary>
    public abstract string Kind { get; }
}

/// <summary>Numbers, in the type that they were stored in, which may be smaller than the array's.</summary>
internal sealed record MatNumbers(string Name, IReadOnlyList<int> Dimensions, MatType Type, ReadOnlyMemory<byte> Bytes)
    : MatArray(Name, Dimensions)
{
    public override string Kind => "numbers";
}

/// <summary>An array of arrays.</summary>
internal sealed record MatCells(string Name, IReadOnlyList<int> Dimensions, IReadOnlyList<MatArray> Cells)
    : MatArray(Name, Dimensions)
{
    public override string Kind => "cells";
}

/// <summary>Structures; only the fields of the first are kept.</summary>
internal sealed record MatStructure(
    string Name, IReadOnlyList<int> Dimensions, IReadOnlyDictionary<string, MatArray> Fields)
    : MatArray(Name, Dimensions)
{
    public override string Kind => "a structure";
}

/// <summary>What is not read: text, objects, sparse matrices.</summary>
internal sealed record MatOther(string Name, IReadOnlyList<int> Dimensions, int Class) : MatArray(Name, Dimensions)
{
    public override string Kind => $"an array of MATLAB's class {Class}";
}
