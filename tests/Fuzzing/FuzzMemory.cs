namespace DiffSeg.Fuzzing;

/// <summary>What the thread of a case may allocate in all, whether it keeps it or not.</summary>
/// <param name="Fixed">Bytes, whatever the input.</param>
/// <param name="PerByte">Bytes for each byte of the input.</param>
internal readonly record struct FuzzMemory(long Fixed, int PerByte)
{
    /// <summary>Bytes for an input of a length.</summary>
    public long For(int length) => Fixed + ((long)PerByte * length);
}
