interface Window {
  FaqBot: {
    open(): void;
    close(): void;
    setLocale(tag: string): void;
    on(name: 'open' | 'close' | 'unread', listener: (count?: number) => void): () => void;
  };
}
