using DiffSeg.Cli.Segmenting;
using DiffSeg.Onnx;

namespace DiffSeg.Cli.Tests.Segmenting;

public class ModelFailureTests
{
    private static readonly AttentionModel Model = AttentionModel.Demo;

    [Fact]
    public void Runtime_without_CUDA_is_said_in_words_of_the_tool()
    {
        var problem = new InvalidOperationException("outer", new EntryPointNotFoundException("OrtSessionOptionsAppendExecutionProvider_CUDA"));

        Assert.Equal(
            $"--gpu 1: ONNX Runtime cannot run '{Model.Path}' there: this ONNX Runtime was built without CUDA. "
            + "'diffseg doctor' shows what is available; without --gpu the CPU is used.",
            ModelFailure.Text(problem, Model, gpu: 1));
    }

    [Fact]
    public void Cause_is_told_in_one_line() => Assert.Equal(
        $"--model: ONNX Runtime cannot run '{Model.Path}': no such operator: Foo.",
        ModelFailure.Text(new InvalidOperationException("outer", new IOException("no such operator:\nFoo.")), Model, gpu: null));
}
