using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Scoring;

/// <summary>Attention on its way into a vector column.</summary>
internal static class Attention
{
    /// <summary>The one copy: into the caller's vector, whose memory is used again where it is long enough.</summary>
    public static void Copy(ReadOnlySpan<float> values, ref VBuffer<float> destination)
    {
        VBufferEditor<float> editor = VBufferEditor.Create(ref destination, values.Length);
        values.CopyTo(editor.Values);
        destination = editor.Commit();
    }
}
