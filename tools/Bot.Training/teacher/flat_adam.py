"""Adam with decoupled decay over one flat buffer, a stretch that fits the processor's cache at a time. torch.optim goes over all of memory again for every
operation, which took longer than the encoder's own work."""
import torch

STRETCH = 1 << 16


class FlatAdam:
    def __init__(self, parameters, rate, decay=0.0, betas=(0.9, 0.999), smallest=1e-8):
        parameters = list(parameters)
        self.rate, self.decay, self.betas, self.smallest, self.steps = rate, decay, betas, smallest, 0
        count = sum(parameter.numel() for parameter in parameters)
        self.values, self.gradients, self.means, self.squares, self.scratch = (torch.zeros(size) for size in (count, count, count, count, STRETCH))
        start = 0
        for parameter in parameters:
            end = start + parameter.numel()
            self.values[start:end] = parameter.data.reshape(-1)
            parameter.data, parameter.grad = self.values[start:end].view(parameter.shape), self.gradients[start:end].view(parameter.shape)
            start = end

    def step(self, longest=None):
        """One step, with gradients no longer than `longest` together; then they are zero again."""
        self.steps += 1
        first, second = self.betas
        share = 1.0 if longest is None else min(1.0, longest / max(1e-6, self.gradients.norm().item()))
        rate, root = self.rate / (1 - first**self.steps), (1 - second**self.steps) ** 0.5
        for start in range(0, len(self.values), STRETCH):
            value, gradient, mean, square = (array[start : start + STRETCH] for array in (self.values, self.gradients, self.means, self.squares))
            scratch = self.scratch[: len(value)]
            gradient.mul_(share)
            mean.mul_(first).add_(gradient, alpha=1 - first)
            square.mul_(second).addcmul_(gradient, gradient, value=1 - second)
            torch.sqrt(square, out=scratch).div_(root).add_(self.smallest)
            value.mul_(1 - self.rate * self.decay).addcdiv_(mean, scratch, value=-rate)
            gradient.zero_()
