import re,glob,os
C='/work/wt/content/Content'
def blocks(p):
    out=[];cur=None;head=''
    for i,l in enumerate(open(p),1):
        if l.startswith('### '): head=l[4:].strip()
        if cur is None and re.match(r'\s*```python',l): cur=[i,[]]
        elif cur and re.match(r'\s*```\s*$',l): out.append((cur[0],head,''.join(cur[1])));cur=None
        elif cur: cur[1].append(l)
    return out
def get(ch,head,k=0,lang='en'):
    p=glob.glob(f'{C}/{lang}/{ch:02d}-*.md')[0]
    en=glob.glob(f'{C}/en/{ch:02d}-*.md')[0]
    be=[i for i,b in enumerate(blocks(en)) if head in b[1]]
    return blocks(p)[be[k]][2]
def data():
    import gzip,numpy as np
    d=C+'/datasets/fashion-mnist/'
    r=lambda n,o:np.frombuffer(gzip.open(d+n).read(),np.uint8,offset=o)
    return (r('train-images-idx3-ubyte.gz',16).reshape(-1,28,28),r('train-labels-idx1-ubyte.gz',8)),(r('t10k-images-idx3-ubyte.gz',16).reshape(-1,28,28),r('t10k-labels-idx1-ubyte.gz',8))
def seed():
    from safetensors.numpy import load_file
    return load_file(C+'/models/seed.safetensors')
